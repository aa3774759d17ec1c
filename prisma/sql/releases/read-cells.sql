-- The stored cells of a release. $1 release id, $2 a quarter or null for all.
-- Grain: one row per cell that does not print 0.
select quarter, span, scope, scope_code as "scopeCode", place, place_code as "placeCode", attribute,
  attribute_value as "attributeValue",
  measure, printed
from release_cell
where release_id = $1 and ($2::text is null or quarter = $2)
