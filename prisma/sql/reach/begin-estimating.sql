-- Tells whether an estimate of the production links is wanted now. Grain: one row.
-- Result: version of the links, records that are linked, verdicts (answers about joined pairs), made (whether the version has
--   its estimate, with those answers), busy (whether links wait to be
-- changed).
-- Never null: records, verdicts, made, busy
select version, (select count(*) from link_production)::int as records,
  verdict.number as verdicts,
  exists (select from reach_estimate e where e.linkage_version = version and e.verdicts = verdict.number) as made,
  exists (select from submission_job where kind = 'process' and stage in ('waiting', 'reading', 'linking')) as busy
from linkage_state
cross join (select count(*)::int as number from review_verdict) as verdict
where dataset = 'production'
