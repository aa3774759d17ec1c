-- Takes the lock of who makes marks, where it is free, and tells whether marks of the production links are wanted now.
-- Grain: one row. Result: version of the links, last (the greatest id of a record), alone (whether the lock was taken), made
--   (whether
-- the version has its marks), busy (whether links wait to be changed).
-- Never null: last, alone, made, busy
select version, (select coalesce(max(id), 0) from record_production) as last,
  pg_try_advisory_xact_lock(hashtextextended('countonce.reach-marks', 0)) as alone,
  exists (select from reach_marking where linkage_version = version) as made,
  exists (select from submission_job where kind = 'process' and stage in ('waiting', 'reading', 'linking')) as busy
from linkage_state
where dataset = 'production'
