-- Deletes records of a submission that are linked to nobody yet, by their rows. {dataset} names the partition; $1 submission,
-- $2 rows, $3 roles in their order. No result.
delete from record_{dataset} r
using unnest($2::int[], $3::text[]) as place (source_row, role)
where r.submission_id = $1 and (r.source_row, r.role) = (place.source_row, place.role)
