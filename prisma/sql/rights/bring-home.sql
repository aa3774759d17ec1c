-- Puts records that come back under the submission that they are of. {dataset} names the partition; $1 records, $2 their
--   submissions in one order. No result.
update record_{dataset} r
set submission_id = home.submission_id
from unnest($1::bigint[], $2::bigint[]) as home (record_id, submission_id)
where r.id = home.record_id
