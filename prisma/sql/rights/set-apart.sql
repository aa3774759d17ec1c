-- Puts records that leave under a submission that there is none of, so that they leave the links as a withdrawn submission does.
-- {dataset} names the partition; $1 submission, $2 rows, $3 roles in their order. No result.
update record_{dataset} r
set submission_id = -1
from unnest($2::int[], $3::text[]) as place (source_row, role)
where r.submission_id = $1 and (r.source_row, r.role) = (place.source_row, place.role)
