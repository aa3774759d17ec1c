-- How many people, families and people of the upper bound used what for the first time in which quarter.
-- Grain: one row per kind, scope (level 0 all services, 1 a strand, 2 a service), place and first quarters.
-- Result: kind, one_lower, one_upper, level, scope, place, first_child, first_adult (null for never), entities.
with scoped as (
  select kind, one_lower, one_upper, 2 as level, service as scope, start_place as place,
    min(first_child) as first_child, min(first_adult) as first_adult
  from entity_use
  group by kind, id, one_lower, one_upper, service, start_place
  union all
  select kind, one_lower, one_upper, 1, strand, start_place, min(first_child), min(first_adult)
  from entity_use
  group by kind, id, one_lower, one_upper, strand, start_place
  union all
  select kind, one_lower, one_upper, 0, 0, start_place, min(first_child), min(first_adult)
  from entity_use
  group by kind, id, one_lower, one_upper, start_place
)
select kind, one_lower, one_upper, level, scope, place, first_child, first_adult, count(*)::int as entities
from scoped
group by kind, one_lower, one_upper, level, scope, place, first_child, first_adult
