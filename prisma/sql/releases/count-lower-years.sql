-- What the lower bound counts in components that are not plainly one person: at least one, and as many as there are
-- different NHS numbers among the records of the cell. Such a component may stand in several places, so every level of place
-- is counted by itself.
-- Grain: one row per scope (level 0 all services, 1 a strand, 2 a service), place (0 everywhere, 1 the area) and year.
-- Result: level, scope, place, year, q1 … q4 of each quarter, y2 … y4 of the year to date (its first is the first quarter).
-- Never null: level, scope, place, year, q1, q2, q3, q4, y2, y3, y4
with seen as (
  select u.lower_id, u.nhs_id, u.service, u.strand, y.place, u.year, bit_or(all_quarters(u.quarters)) as quarters
  from reached_use u
  join doubtful_component d on d.lower_id = u.lower_id and d.several_people
  join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
  group by u.lower_id, u.nhs_id, u.service, u.strand, y.place, u.year
), number_in_cell as (
  select s.lower_id, s.nhs_id, scoped.level, scoped.scope, placed.place, s.year, bit_or(s.quarters) as quarters
  from seen s
  cross join lateral (values (0, 0), (1, s.strand), (2, s.service)) as scoped (level, scope)
  cross join lateral (
    values (0), (s.place), (case when s.place >= 4 then 1 end)
  ) as placed (place)
  where placed.place is not null
  group by s.lower_id, s.nhs_id, scoped.level, scoped.scope, placed.place, s.year
), in_quarters as (
  -- a bit for each quarter of the year, the first quarter's the lowest
  select lower_id, nhs_id, level, scope, place, year, quarters & 1 <> 0 as in_first, quarters & 2 <> 0 as in_second,
    quarters & 4 <> 0 as in_third, quarters & 8 <> 0 as in_fourth
  from number_in_cell
), component_in_cell as (
  select level, scope, place, year,
    greatest(bool_or(in_first)::int, count(nhs_id) filter (where in_first)) as q1,
    greatest(bool_or(in_second)::int, count(nhs_id) filter (where in_second)) as q2,
    greatest(bool_or(in_third)::int, count(nhs_id) filter (where in_third)) as q3,
    greatest(bool_or(in_fourth)::int, count(nhs_id) filter (where in_fourth)) as q4,
    greatest(bool_or(in_first or in_second)::int, count(nhs_id) filter (where in_first or in_second)) as y2,
    greatest(bool_or(in_first or in_second or in_third)::int,
      count(nhs_id) filter (where in_first or in_second or in_third)) as y3,
    greatest(1, count(nhs_id)) as y4
  from in_quarters
  group by lower_id, level, scope, place, year
)
select level, scope, place, year, sum(q1)::int as q1, sum(q2)::int as q2, sum(q3)::int as q3, sum(q4)::int as q4,
  sum(y2)::int as y2, sum(y3)::int as y3, sum(y4)::int as y4
from component_in_cell
group by level, scope, place, year
