-- How many people and families used any of some services in which quarters of a year. $1 unions, $2 services: a pair for each
-- service of a union. Grain: one row per union, who, year, place and quarters.
-- Result: scope (the union), who, year, place, child_quarters, adult_quarters, all_quarters, entities.
-- Never null: scope, who, year, place, child_quarters, adult_quarters, all_quarters, entities
with union_use as (
  select m.number as scope, u.cell, bit_or(u.quarters) as quarters
  from entity_use u
  join unnest($1::smallint[], $2::smallint[]) as m (number, service) on m.service = u.service
  group by u.id, u.cell, m.number
), counted as (
  select scope, cell, quarters, count(*)::int as entities from union_use group by scope, cell, quarters
)
select scope, cell_who(cell) as who, cell_year(cell) as year, cell_place(cell) as place,
  child_quarters(quarters), adult_quarters(quarters), all_quarters(quarters), entities
from counted
