-- Every row of every finding of a submission, so that a page can show all of them.
-- $1 submission, $2 codes, $3 fields, $4 severities, $5 row lists, each in the order of the findings. Result: none.
insert into finding_row_list (submission_id, code, field, severity, rows)
select $1, code, field, severity, rows
from unnest($2::text[], $3::text[], $4::text[], $5::bytea[]) as finding (code, field, severity, rows)
