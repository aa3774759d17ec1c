-- Everybody in the figures who was reached, by file, ward and role. $1 dataset. Who is reached is what reach-cells.sql says.
-- Grain: one row per file, ward and role that reached anybody. Result: submission, ward, role, and of its records, as the text of
-- arrays and in no order: people, families, uppers, lowers, numbered and numbers: components and the NHS
-- numbers that count in them, in the same order.
with counted_submission as materialized (
  select s.id, s.counting, first_day.value as first_day, (first_day.value + interval '3 months - 1 day')::date as last_day
  from submission s
  cross join lateral (
    select (make_date(left(s.quarter, 4)::int, 1, 1) + interval '3 months' * right(s.quarter, 1)::int)::date as value
  ) as first_day
  where s.dataset = $1 and s.state = 'linked'
)
select s.id as submission, coalesce(r.ward, '') as ward, r.role,
  array_agg(l.beneficiary_id)::text as people,
  array_agg(l.family_id) filter (where l.family_id is not null)::text as families,
  array_agg(l.upper_id)::text as uppers,
  array_agg(l.lower_id)::text as lowers,
  array_agg(l.lower_id) filter (where l.nhs_id is not null)::text as numbered,
  array_agg(l.nhs_id) filter (where l.nhs_id is not null)::text as numbers
from counted_submission s
join record r on r.dataset = $1 and r.submission_id = s.id
join link l on l.dataset = $1 and l.record_id = r.id
where coalesce(r.status, '') not in ('waiting', 'declined')
  and (
    r.contacts >= 1
    or s.counting = 'active-enrolment'
      and (r.start_date is null or r.start_date <= s.last_day)
      and case
        when r.end_date is not null then r.end_date >= s.first_day
        else coalesce(r.status, 'active') = 'active'
      end
  )
group by s.id, coalesce(r.ward, ''), r.role
