-- How good the file of people and service use of a service and quarter in use was, and what it says by itself: docs/measures.md,
-- and measureQuality and measureFile in lib/core/measures. No record is read.
-- $1 dataset, $2 first quarter, $3 last quarter, $4 service, null for all. Bound by row-level security where that binds.
-- Grain: one row per service and quarter with a file in use.
-- Result: id, service, quarter, reference, isReplacement, counting, own (FileMeasures, null where its check did not count them),
--   accepted and rejected of rows, strong of counted records, daysAfter from the quarter's last day to the day in London on which
--   the file came.
-- Never null: service, isReplacement, accepted, rejected, strong, counted, daysAfter
select s.id, s.service_code collate "C" as service, s.quarter, s.reference, s.replaces_id is not null as "isReplacement",
  s.counting, s.figures -> 'own' as own, coalesce(s.rows_accepted, 0) as accepted, coalesce(s.rows_rejected, 0) as rejected,
  e.strong, e.strong + e.weak + e.none as counted,
  (s.received_at at time zone 'Europe/London')::date - quarter_last_day(s.quarter) as "daysAfter"
from submission s
cross join lateral (
  select coalesce((s.linkability -> 'evidence' ->> 'strong')::int, 0) as strong,
    coalesce((s.linkability -> 'evidence' ->> 'weak')::int, 0) as weak,
    coalesce((s.linkability -> 'evidence' ->> 'none')::int, 0) as none
) e
where s.dataset = $1::dataset and s.quarter between $2 and $3 and s.file_kind = 'people' and s.state = 'linked'
  and ($4::text is null or s.service_code = $4)
order by 2, 3
