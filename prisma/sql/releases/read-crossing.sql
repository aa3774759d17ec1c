-- The figures of one quarter and span of every service and strand in one place, and of every place for one scope.
-- $1 release id, $2 quarter, $3 span, $4 place, $5 place code, $6 scope, $7 scope code. Grain: one row per cell that does not
--   print 0.
select quarter, span, scope, scope_code as "scopeCode", place, place_code as "placeCode", attribute,
  attribute_value as "attributeValue",
  measure, printed
from release_cell
where release_id = $1 and quarter = $2 and span = $3 and attribute = ''
  and (place = $4 and place_code = $5 or scope = $6 and scope_code = $7)
