-- Which service reached people first, and which next within four quarters, of those whom the programme first reached in a period;
-- measurePathways in lib/core/measures says it. $1 dataset, $2 first quarter, $3 last quarter.
-- Grain: one row per service and next service. Result: first, next (blank where none followed), people.
-- Never null: first, next, people
with used as (
  select beneficiary_id, service, quarter_first_day(first_reached) as day,
    min(quarter_first_day(first_reached)) over person as begun
  from person_use($1::dataset, $2, $3)
  where first_reached is not null
  window person as (partition by beneficiary_id)
), followed as (
  select *, min(day) filter (where day > begun) over (partition by beneficiary_id) as next_day
  from used
  where begun >= quarter_first_day($2)
), soon as (
  select beneficiary_id, service, day, begun, case when next_day <= begun + interval '1 year' then next_day end as next_day
  from followed
)
select f.service collate "C" as first, coalesce(n.service, '') collate "C" as next, count(*)::int as people
from soon f
left join soon n on n.beneficiary_id = f.beneficiary_id and n.day = f.next_day
where f.day = f.begun
group by 1, 2
order by 1, 2
