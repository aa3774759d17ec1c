-- What the records of a submission say of its quarter by themselves: docs/measures.md, and measureFile in lib/core/measures; in a
-- bridge quarter each is counted once. $1 dataset, $2 submission.
-- Grain: one row. Result: the members of FileMeasures.
-- Never null: records, facts, reachedByContacts, reachedByEnrolment, started, waits, longWaits, waiting, completed, leftEarly,
--   declined.
with quarter_days as materialized (
  -- once, and not for every record
  select quarter_first_day(quarter) as first_day, quarter_last_day(quarter) as last_day from submission where id = $2
), described as (
  select r.*, q.first_day, q.last_day, coalesce(r.start_date between q.first_day and q.last_day, false) as is_started,
    case when r.start_date >= r.referral_date then r.start_date - r.referral_date end as waited,
    r.end_date is null or r.end_date between q.first_day and q.last_day as may_have_ended
  from record r
  cross join quarter_days q
  where r.dataset = $1 and r.submission_id = $2 and r.epoch is null
)
select count(*)::int as records,
  (count(*) filter (where coalesce(birth, '') <> '')
    + count(*) filter (where gender <> 'unknown')
    + count(*) filter (where in_area <> 'unknown')
    + count(*) filter (where coalesce(ethnicity, '') not in ('', 'Z'))
    + count(*) filter (where coalesce(main_language, '') <> ''))::int as facts,
  count(*) filter (where is_reached(status, contacts, start_date, end_date, 'contacts', first_day, last_day))::int
    as "reachedByContacts",
  count(*) filter (where is_reached(status, contacts, start_date, end_date, 'active-enrolment', first_day, last_day))::int
    as "reachedByEnrolment",
  count(*) filter (where is_started)::int as started,
  count(waited) filter (where is_started)::int as waits,
  count(*) filter (where is_started and waited > 28)::int as "longWaits",
  percentile_cont(0.5) within group (order by waited) filter (where is_started) as "medianWait",
  count(*) filter (where status = 'waiting')::int as waiting,
  count(*) filter (where may_have_ended and status = 'completed')::int as completed,
  count(*) filter (where may_have_ended and status = 'left_early')::int as "leftEarly",
  count(*) filter (where status = 'declined')::int as declined
from described
