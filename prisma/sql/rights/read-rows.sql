-- Records by the rows of a submission that they are of, under every key that they were made with.
-- {dataset} names the partition; $1 submission, $2 rows, $3 roles in their order. Grain: one row per record. Result: columns, an
--   object of those that are filled.
-- Never null: columns
select jsonb_strip_nulls(to_jsonb(r)) as columns
from record_{dataset} r
join unnest($2::int[], $3::text[]) as place (source_row, role) on (r.source_row, r.role) = (place.source_row, place.role)
where r.submission_id = $1
