-- Deletes what is kept apart of some rows of a submission, since their person now asked for more. $1 submission, $2 rows, $3
--   roles
--   in their order. No result.
delete from restricted_record x
using unnest($2::int[], $3::text[]) as place (source_row, role)
where x.submission_id = $1 and (x.source_row, x.role) = (place.source_row, place.role)
