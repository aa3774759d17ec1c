-- How good the file of people and service use of each service and quarter in use was:
-- docs/measures.md, and measureQuality in lib/core/measures.
-- $1 dataset, $2 quarter. Grain: one row per service with a file in use. complete of facts; accepted and rejected of rows; strong
--   of counted records; daysAfter from the quarter's last day to the day in London on which the file came.
-- Never null: service, complete, facts, accepted, rejected, strong, counted, daysAfter
with file as (
  select s.id, s.service_code, coalesce(s.rows_accepted, 0) as accepted, coalesce(s.rows_rejected, 0) as rejected,
    coalesce((s.linkability -> 'evidence' ->> 'strong')::int, 0) as strong,
    coalesce((s.linkability -> 'evidence' ->> 'weak')::int, 0) as weak,
    coalesce((s.linkability -> 'evidence' ->> 'none')::int, 0) as none,
    (s.received_at at time zone 'Europe/London')::date - quarter_last_day(s.quarter) as days_after
  from submission s
  where s.dataset = $1::dataset and s.quarter = $2 and s.file_kind = 'people' and s.state = 'linked'
), described as (
  -- Five facts a record.
  select r.submission_id, 5 * count(*) as facts,
    count(*) filter (where coalesce(r.birth, '') <> '')
      + count(*) filter (where r.gender <> 'unknown')
      + count(*) filter (where r.in_area <> 'unknown')
      + count(*) filter (where coalesce(r.ethnicity, '') not in ('', 'Z'))
      + count(*) filter (where coalesce(r.main_language, '') <> '') as said
  from record r
  where r.dataset = $1::dataset and r.submission_id in (select id from file)
  group by r.submission_id
)
select f.service_code collate "C" as service, coalesce(d.said, 0)::int as complete, coalesce(d.facts, 0)::int as facts,
  f.accepted, f.rejected, f.strong, f.strong + f.weak + f.none as counted, f.days_after as "daysAfter"
from file f
left join described d on d.submission_id = f.id
order by 1
