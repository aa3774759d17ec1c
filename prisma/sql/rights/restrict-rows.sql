-- Keeps records of a submission apart, by their rows, for a request; deleting them is another step. {dataset} names the
--   partition;
-- $1 submission, $2 rows, $3 roles in their order, $4 dataset, $5 request, $6 how many platform keys made them. No result.
insert into restricted_record (record_id, request_id, submission_id, dataset, source_row, role, platform_keys, kept)
select r.id, $5, r.submission_id, $4, r.source_row, r.role, $6, to_jsonb(r)
from record_{dataset} r
join unnest($2::int[], $3::text[]) as place (source_row, role) on (r.source_row, r.role) = (place.source_row, place.role)
where r.submission_id = $1
on conflict do nothing
