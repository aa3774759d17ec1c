-- Unique reach of a period, by any of service, strand, ward, quarter and role, with the bounds of each cell.
-- $1 dataset, $2 first and $3 last quarter, $4…$8 whether to group by service, strand, ward, quarter, role.
-- Grain: one row per cell that reached anybody; one row in all when nothing is grouped by.
-- Result: service, strand, ward, quarter, role (null where not grouped by), children, adults, families, people, lower, upper.
with counted_submission as (
  -- the submissions of the period, with the first and last day of their quarter
  select s.id, s.service_code, v.strand_code, s.quarter, s.counting,
    first_day.value as first_day, (first_day.value + interval '3 months - 1 day')::date as last_day
  from submission s
  join service v on v.code = s.service_code
  cross join lateral (
    select (make_date(left(s.quarter, 4)::int, 1, 1) + interval '3 months' * right(s.quarter, 1)::int)::date as value
  ) as first_day
  where s.dataset = $1 and s.state = 'linked' and s.quarter between $2 and $3
), reached as (
  -- one row per record of somebody reached: see isReached in lib/core/reach
  select
    case when $4::boolean then s.service_code end as service,
    case when $5::boolean then s.strand_code end as strand,
    case when $6::boolean then coalesce(r.ward, '') end as ward,
    case when $7::boolean then s.quarter end as quarter,
    case when $8::boolean then r.role end as role,
    r.role = 'child' as is_child,
    l.beneficiary_id, l.upper_id, l.lower_id, l.family_id, l.nhs_id
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
), counted as (
  select service, strand, ward, quarter, role,
    count(distinct beneficiary_id) filter (where is_child) as children,
    count(distinct beneficiary_id) filter (where not is_child) as adults,
    count(distinct family_id) as families,
    count(distinct beneficiary_id) as people,
    count(distinct upper_id) as upper
  from reached
  group by service, strand, ward, quarter, role
), least as (
  -- everybody who may be one person: at least one, and as many as there are different NHS numbers
  select service, strand, ward, quarter, role, lower_id, greatest(1, count(distinct nhs_id)) as people
  from reached
  group by service, strand, ward, quarter, role, lower_id
), bounded as (
  select service, strand, ward, quarter, role, sum(people)::bigint as lower
  from least
  group by service, strand, ward, quarter, role
)
select counted.service, counted.strand, counted.ward, counted.quarter, counted.role,
  counted.children::int, counted.adults::int, counted.families::int, counted.people::int,
  bounded.lower::int, counted.upper::int
from counted
join bounded on counted.service is not distinct from bounded.service
  and counted.strand is not distinct from bounded.strand
  and counted.ward is not distinct from bounded.ward
  and counted.quarter is not distinct from bounded.quarter
  and counted.role is not distinct from bounded.role
order by 1, 2, 3, 4, 5
