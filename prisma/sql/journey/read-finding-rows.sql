-- Every row of every finding of a submission, the gravest first. $1 submission. Bound by row-level security.
-- Grain: one row per finding. Result: code, field, rows (a row list).
select code, field, rows
from finding_row_list
where submission_id = $1
order by array_position(array['file', 'must-fix', 'confirm', 'note'], severity), field, code
