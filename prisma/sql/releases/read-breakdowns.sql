-- The one-way breakdowns of one quarter and span, and the people they are of. $1 release id, $2 quarter, $3 span.
-- Grain: one row per cell that does not print 0.
select quarter, span, scope, scope_code as "scopeCode", place, place_code as "placeCode", attribute,
  attribute_value as "attributeValue",
  measure, printed
from release_cell
where release_id = $1 and quarter = $2 and span = $3 and scope = 'all' and scope_code = '' and place = 'everywhere'
  and place_code = ''
  and measure = 'people'
