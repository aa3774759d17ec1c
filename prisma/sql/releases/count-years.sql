-- How many people, families and people of the upper bound used what in which quarters of a year.
-- Grain: one row per kind, scope (level 0 all services, 1 a strand, 2 a service), place, year and pattern of quarters.
-- Result: kind, one_lower, one_upper, level, scope, place, year, child_mask, adult_mask, entities.
with scoped as (
  select kind, one_lower, one_upper, 2 as level, service as scope, place, year, child_mask, adult_mask from entity_use
  union all
  select kind, one_lower, one_upper, 1, strand, place, year, bit_or(child_mask), bit_or(adult_mask)
  from entity_use
  group by kind, id, one_lower, one_upper, strand, place, year
  union all
  select kind, one_lower, one_upper, 0, 0, place, year, bit_or(child_mask), bit_or(adult_mask)
  from entity_use
  group by kind, id, one_lower, one_upper, place, year
)
select kind, one_lower, one_upper, level, scope, place, year, child_mask, adult_mask, count(*)::int as entities
from scoped
group by kind, one_lower, one_upper, level, scope, place, year, child_mask, adult_mask
