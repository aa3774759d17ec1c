-- By how much the lower bound since the start grows in each quarter through components that are not plainly one person: by
-- one when a component is first seen, and by one for each further NHS number when that is first seen.
-- Grain: one row per scope (level 0 all services, 1 a strand, 2 a service), place (0 everywhere, 1 the area) and quarter.
-- Result: level, scope, place, quarter (counted through), growth.
-- Never null: level, scope, place, quarter, growth
with seen as (
  select u.lower_id, u.nhs_id, u.service, u.strand, y.start_place as place, min(u.quarter) as quarter
  from reached_use u
  join doubtful_component d on d.lower_id = u.lower_id and d.several_people
  join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
  group by u.lower_id, u.nhs_id, u.service, u.strand, y.start_place
), number_in_cell as (
  select s.lower_id, s.nhs_id, scoped.level, scoped.scope, placed.place, min(s.quarter) as quarter
  from seen s
  cross join lateral (values (0, 0), (1, s.strand), (2, s.service)) as scoped (level, scope)
  cross join lateral (
    values (0), (s.place), (case when s.place >= 4 then 1 end)
  ) as placed (place)
  where placed.place is not null
  group by s.lower_id, s.nhs_id, scoped.level, scoped.scope, placed.place
), numbered as (
  select level, scope, place, quarter,
    row_number() over (partition by lower_id, level, scope, place order by quarter, nhs_id) as turn
  from number_in_cell
  where nhs_id is not null
), growth as (
  select level, scope, place, min(quarter) as quarter from number_in_cell group by lower_id, level, scope, place
  union all
  select level, scope, place, quarter from numbered where turn > 1
)
select level, scope, place, quarter, count(*)::int as growth
from growth
group by level, scope, place, quarter
