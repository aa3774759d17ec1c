-- How many people and families used any of some services for the first time in which quarter. $1 unions, $2 services: a pair
-- for each service of a union. Grain: one row per union, who, place and first quarters.
-- Result: scope (the union), who, place, first_child, first_adult (null for never), entities.
-- Never null: scope, who, place, entities
with union_start as (
  select m.number as scope, u.start_cell, min(u.first_child) as first_child, min(u.first_adult) as first_adult
  from entity_use u
  join unnest($1::smallint[], $2::smallint[]) as m (number, service) on m.service = u.service
  group by u.id, u.start_cell, m.number
)
select scope, start_cell_who(start_cell) as who, start_cell_place(start_cell) as place, first_child, first_adult,
  count(*)::int as entities
from union_start
group by scope, start_cell, first_child, first_adult
