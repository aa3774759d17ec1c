-- How many people, families and people of the upper bound used what in which quarters of a year.
-- Grain: one row per scope (level 0 all services, 1 a strand, 2 a service), cell of entity_use and mask.
-- Result: level, scope, cell, mask, entities.
-- Never null: level, scope, cell, mask, entities
with strand_use as (
  select cell, strand as scope, bit_or(mask) as mask from entity_use group by id, cell, strand
), any_use as (
  select cell, bit_or(mask) as mask from entity_use group by id, cell
)
select 2 as level, service as scope, cell, mask, count(*)::int as entities from entity_use group by service, cell, mask
union all
select 1, scope, cell, mask, count(*)::int from strand_use group by scope, cell, mask
union all
select 0, 0, cell, mask, count(*)::int from any_use group by cell, mask
