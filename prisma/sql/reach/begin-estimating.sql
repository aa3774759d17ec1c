-- Tells whether an estimate of the production links is wanted now. Grain: one row.
-- Result: version of the links, records that are linked, made (whether the version has its estimate), busy (whether links wait to be
-- changed).
-- Never null: records, made, busy
select version, (select count(*) from link_production)::int as records,
  exists (select from reach_estimate where linkage_version = version) as made,
  exists (select from submission_job where kind = 'process' and stage in ('waiting', 'reading', 'linking')) as busy
from linkage_state
where dataset = 'production'
