-- Submissions, newest first, with where they come from and what was found in them.
-- $1 service, $2 quarter, $3 state, each null for all; $4 how many, $5 after how many. Bound by row-level security.
-- Grain: one row per submission. Result: the columns of ListedSubmission; rows and findings are JSON.
-- Never null: reference, dataset, serviceName, providerName, quarter, kind, state, isBeingWithdrawn, receivedAt, receivedBy.
with chosen as (
  select * from submission
  where ($1::text is null or service_code = $1) and ($2::text is null or quarter = $2)
    and ($3::text is null or state = $3)
  order by id desc
  limit $4 offset $5
)
select s.reference, s.dataset,
  name_in_quarter('service', v.code, s.quarter, v.name) as "serviceName",
  name_in_quarter('provider', p.code, s.quarter, p.name) as "providerName",
  s.quarter, s.file_kind as kind, s.state,
  is_being_withdrawn(s.reference) as "isBeingWithdrawn",
  case when s.rows_read is not null then json_build_object(
    'read', s.rows_read, 'accepted', s.rows_accepted, 'rejected', s.rows_rejected, 'blank', s.rows_blank,
    'leftOut', coalesce(s.rows_left_out, 0)) end as rows,
  found.counts as findings, s.received_at as "receivedAt", coalesce(u.name, s.received_by) as "receivedBy"
from chosen s
join service v on v.code = s.service_code
join provider p on p.code = v.provider_code
left join portal_user u on u.id = s.received_by
cross join lateral (
  select json_build_object(
    'mustFix', coalesce(sum(rows) filter (where severity = 'must-fix'), 0),
    'confirm', coalesce(sum(rows) filter (where severity = 'confirm'), 0),
    'note', coalesce(sum(rows) filter (where severity = 'note'), 0)) as counts
  from finding_count where submission_id = s.id
) as found
order by s.id desc
