-- Every row of every finding of a submission that is in rows, the gravest first, without what only informs. $1 submission.
-- Bound by row-level security.
-- Grain: one row per finding. Result: code, field, severity, rows (a row list).
select code, field, severity, rows
from finding_row_list
where submission_id = $1 and severity in ('must-fix', 'confirm')
order by array_position(array['must-fix', 'confirm'], severity), field, code
