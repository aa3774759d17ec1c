-- Records that are still kept apart for a restriction that is lifted, of files that count or are about to.
-- $1 request, or null for every one that is lifted; $2 submission, or null for all. Grain: one row per record.
-- Result: id, dataset, submission_id, is_linked, is_told (its provider was told), source_row, role, platform_keys, kept.
-- Never null: is_linked, is_told
select x.record_id as id, x.dataset, x.submission_id, s.state = 'linked' as is_linked, x.source_row, x.role, x.platform_keys,
  x.kept, not x.untold as is_told
from restricted_record x
join rights_request r on r.id = x.request_id
join submission s on s.id = x.submission_id
where r.outcome = 'lifted'
  and s.state in ('linked', 'pseudonymised')
  and x.request_id = coalesce($1::bigint, x.request_id)
  and x.submission_id = coalesce($2::bigint, x.submission_id)
order by x.record_id
