-- The figures of one scope in one place over all quarters. $1 release id, $2 scope, $3 scope code, $4 place, $5 place code.
-- Grain: one row per cell that does not print 0.
select quarter, span, scope, scope_code as "scopeCode", place, place_code as "placeCode", attribute,
  attribute_value as "attributeValue",
  measure, printed
from release_cell
where release_id = $1 and scope = $2 and scope_code = $3 and place = $4 and place_code = $5 and attribute = ''
