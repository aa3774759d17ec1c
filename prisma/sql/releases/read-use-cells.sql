-- The stored cells of use of a release. $1 release id, $2 a quarter or null for all.
-- Grain: one row per cell that does not print 0.
select quarter, span, scope, scope_code as "scopeCode", aspect, aspect_value as "aspectValue", printed
from release_use_cell
where release_id = $1 and ($2::text is null or quarter = $2)
