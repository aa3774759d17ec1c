-- How many people, families and people of the upper bound used what in which quarters of a year.
-- Grain: one row per scope (level 0 all services, 1 a strand, 2 a service), who, year, place and quarters.
-- Result: level, scope, who, year, place, child_quarters, adult_quarters, all_quarters, entities.
-- Never null: level, scope, who, year, place, child_quarters, adult_quarters, all_quarters, entities
with strand_use as (
  select cell, strand as scope, bit_or(quarters) as quarters from entity_use group by id, cell, strand
), any_use as (
  select cell, bit_or(quarters) as quarters from entity_use group by id, cell
), counted as (
  select 2 as level, service as scope, cell, quarters, count(*)::int as entities from entity_use group by service, cell, quarters
  union all
  select 1, scope, cell, quarters, count(*)::int from strand_use group by scope, cell, quarters
  union all
  select 0, 0, cell, quarters, count(*)::int from any_use group by cell, quarters
)
select level, scope, cell_who(cell) as who, cell_year(cell) as year, cell_place(cell) as place,
  child_quarters(quarters), adult_quarters(quarters), all_quarters(quarters), entities
from counted
