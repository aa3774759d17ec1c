-- How many people, families and people of the upper bound used what for the first time in which quarter.
-- Grain: one row per scope (level 0 all services, 1 a strand, 2 a service), who and place, and first quarters.
-- Result: level, scope, who, place, first_child, first_adult (null for never), entities.
-- Never null: level, scope, who, place, entities
with service_start as (
  select start_cell, service as scope, min(first_child) as first_child, min(first_adult) as first_adult
  from entity_use
  group by id, start_cell, service
), strand_start as (
  select start_cell, strand as scope, min(first_child) as first_child, min(first_adult) as first_adult
  from entity_use
  group by id, start_cell, strand
), any_start as (
  select start_cell, min(first_child) as first_child, min(first_adult) as first_adult
  from entity_use
  group by id, start_cell
)
select 2 as level, scope, start_cell_who(start_cell) as who, start_cell_place(start_cell) as place, first_child, first_adult,
  count(*)::int as entities
from service_start
group by scope, start_cell, first_child, first_adult
union all
select 1, scope, start_cell_who(start_cell), start_cell_place(start_cell), first_child, first_adult, count(*)::int
from strand_start
group by scope, start_cell, first_child, first_adult
union all
select 0, 0, start_cell_who(start_cell), start_cell_place(start_cell), first_child, first_adult, count(*)::int
from any_start
group by start_cell, first_child, first_adult
