-- One submission with everything about it but its rows. $1 reference. Bound by row-level security.
-- Grain: at most one row. Result: the columns of SubmissionAccount; rows, findings and findingCounts are JSON.
-- Never null: reference, dataset, serviceCode, serviceName, providerName, quarter, kind, state, isBeingWithdrawn, receivedAt.
-- Never null: receivedBy, fileBytes, fileHeld, epoch, counting.
select s.reference, s.dataset, s.service_code as "serviceCode",
  name_in_quarter('service', v.code, s.quarter, v.name) as "serviceName",
  name_in_quarter('provider', p.code, s.quarter, p.name) as "providerName",
  s.quarter, s.file_kind as kind, s.events, s.state, is_being_withdrawn(s.reference) as "isBeingWithdrawn",
  case when s.rows_read is not null then json_build_object(
    'read', s.rows_read, 'accepted', s.rows_accepted, 'rejected', s.rows_rejected, 'blank', s.rows_blank,
    'leftOut', coalesce(s.rows_left_out, 0)) end as rows,
  found.counts as findings, found.each as "findingCounts",
  s.received_at as "receivedAt", coalesce(u.name, s.received_by) as "receivedBy",
  s.records, s.family_ties as "familyTies", s.file_bytes::float8 as "fileBytes", s.file_id is not null as "fileHeld",
  s.epoch, s.counting, s.reason, replaced.reference as replaces
from submission s
join service v on v.code = s.service_code
join provider p on p.code = v.provider_code
left join portal_user u on u.id = s.received_by
left join submission replaced on replaced.id = s.replaces_id
cross join lateral (
  select
    json_build_object(
      'mustFix', coalesce(sum(rows) filter (where severity = 'must-fix'), 0),
      'confirm', coalesce(sum(rows) filter (where severity = 'confirm'), 0),
      'note', coalesce(sum(rows) filter (where severity = 'note'), 0)) as counts,
    coalesce(json_agg(json_build_object('code', code, 'field', field, 'severity', severity, 'rows', rows)
      order by array_position(array['file', 'must-fix', 'confirm', 'note'], severity), rows desc, code, field), '[]') as each
  from finding_count where submission_id = s.id
) as found
where s.reference = $1
