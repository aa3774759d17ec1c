-- What is kept apart of some rows of a submission. $1 submission, $2 rows, $3 roles in their order. Grain: one row per record.
-- Result: platform_keys, kept.
select x.platform_keys, x.kept
from restricted_record x
join unnest($2::int[], $3::text[]) as place (source_row, role) on (x.source_row, x.role) = (place.source_row, place.role)
where x.submission_id = $1
