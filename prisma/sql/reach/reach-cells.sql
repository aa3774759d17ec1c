-- Unique reach of a period, by any of service, strand, ward, quarter and role, with the bounds of each cell.
-- $1 dataset, $2 first quarter, $3 last quarter; whether to group $4 by service, $5 by strand, $6 by ward, $7 by quarter, $8 by
--   role.
-- Grain: one row for the whole, and one per cell that reached anybody; of one snapshot, since it is one statement. Nothing is
-- counted by sorting: people and families are grouped to one row each, and the bounds are counted only where they can
-- differ from people, which is in few components.
-- Result: is_whole, service, strand, ward, quarter, role (empty where not grouped by), children, adults, families, people,
--   lower, upper.
-- Never null: is_whole, service, strand, ward, quarter, role, children, adults, families, people, lower, upper
with counted_submission as materialized (
  -- the submissions of the period, with the first and last day of their quarter, and a number for what they are grouped by
  select id, counting, first_day, last_day,
    service, strand, quarter, dense_rank() over (order by service, strand, quarter)::int as part
  from (
    select s.id, s.counting, quarter_first_day(s.quarter) as first_day, quarter_last_day(s.quarter) as last_day,
      case when $4::boolean then s.service_code else '' end as service,
      case when $5::boolean then v.strand_code else '' end as strand,
      case when $7::boolean then s.quarter else '' end as quarter
    from submission s
    join service v on v.code = s.service_code
    where s.dataset = $1 and s.file_kind = 'people' and s.state = 'linked' and s.quarter between $2 and $3
  ) as submission_of_period
), doubtful_component as materialized (
  -- what may be one person and is not plainly so. Classes are named by their least record, and people and NHS numbers never
  -- join what the upper bound parts: where everybody has the name of the component, it is one for all three.
  select distinct lower_id from link where dataset = $1 and upper_id <> lower_id
), reached as materialized (
  -- one row per record of somebody reached: is_reached, as isReached in lib/core/reach
  select s.part, case when $6::boolean then coalesce(r.ward, '') else '' end as ward,
    case when $8::boolean then r.role else '' end as role, r.role = 'child' as is_child,
    l.beneficiary_id, l.family_id, l.lower_id, l.upper_id, l.nhs_id
  from counted_submission s
  join record r on r.dataset = $1 and r.submission_id = s.id
  join link l on l.dataset = $1 and l.record_id = r.id
  where is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day)
), person_in_cell as materialized (
  -- a person has one family and one component
  select part, ward, role, beneficiary_id, min(family_id) as family_id, bool_or(is_child) as is_child,
    bool_or(not is_child) as is_adult
  from reached
  group by part, ward, role, beneficiary_id
), doubtful_in_cell as materialized (
  select part, ward, role, r.lower_id, upper_id, nhs_id, beneficiary_id
  from reached r
  join doubtful_component d on d.lower_id = r.lower_id
), people as (
  select false as is_whole, part, ward, role, count(*) as people,
    count(*) filter (where is_child) as children, count(*) filter (where is_adult) as adults
  from person_in_cell
  group by part, ward, role
  union all
  select true, null, null, null, count(*), count(*) filter (where is_child), count(*) filter (where is_adult)
  from (
    select bool_or(is_child) as is_child, bool_or(is_adult) as is_adult from person_in_cell group by beneficiary_id
  ) as person
), families as (
  select false as is_whole, part, ward, role, count(*) as families
  from (select part, ward, role from person_in_cell where family_id is not null group by part, ward, role, family_id) as family
  group by part, ward, role
  union all
  select true, null, null, null, count(*)
  from (select from person_in_cell where family_id is not null group by family_id) as family
), bounds as (
  -- by how much the bounds differ from people
  select is_whole, part, ward, role, sum(surest - people) as more, sum(people - greatest(1, numbers)) as fewer
  from (
    select grouping(part) = 1 as is_whole, part, ward, role,
      count(distinct beneficiary_id) as people, count(distinct upper_id) as surest, count(distinct nhs_id) as numbers
    from doubtful_in_cell
    group by grouping sets ((lower_id), (part, ward, role, lower_id))
  ) as component
  group by is_whole, part, ward, role
)
select p.is_whole, coalesce(cell.service, '') as service, coalesce(cell.strand, '') as strand, coalesce(p.ward, '') as ward,
  coalesce(cell.quarter, '') as quarter, coalesce(p.role, '') as role,
  p.children::int, p.adults::int, coalesce(f.families, 0)::int as families, p.people::int,
  (p.people - coalesce(b.fewer, 0))::int as lower, (p.people + coalesce(b.more, 0))::int as upper
from people p
left join families f on (f.is_whole, f.part, f.ward, f.role) is not distinct from (p.is_whole, p.part, p.ward, p.role)
left join bounds b on (b.is_whole, b.part, b.ward, b.role) is not distinct from (p.is_whole, p.part, p.ward, p.role)
left join (select distinct part, service, strand, quarter from counted_submission) as cell on cell.part = p.part
