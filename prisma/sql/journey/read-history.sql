-- Everything that was ever sent for a service and quarter. $1 service, $2 quarter. Bound by row-level security.
-- Grain: one row per submission of the dataset that the service's files go to, the latest first.
-- Result: reference, kind, state, reason, receivedAt, by, records, rows (JSON), isHeld, isRead, isShaped, isMatched, hasValues,
--   isAnswered,
-- isBeingWithdrawn. Never null: isHeld, isRead, isShaped, isMatched, hasValues, isAnswered, isBeingWithdrawn.
select s.reference, s.file_kind as kind, s.state, s.reason, s.received_at as "receivedAt", portal_user.name as by,
  s.records + s.stopped_untold as records,
  case when s.rows_read is not null then json_build_object(
    'read', s.rows_read, 'accepted', s.rows_accepted, 'rejected', s.rows_rejected, 'blank', s.rows_blank,
    'leftOut', coalesce(s.rows_left_out, 0)
  ) end as rows,
  s.file_id is not null as "isHeld", j.read_at is not null as "isRead", j.shaped_at is not null as "isShaped",
  j.matched_at is not null as "isMatched", j.valued_at is not null as "hasValues",
  is_answered(s.id) as "isAnswered", is_being_withdrawn(s.reference) as "isBeingWithdrawn"
from submission s
left join journey j on j.submission_id = s.id
left join portal_user on portal_user.id = s.received_by
where s.dataset = dataset_of($1) and s.service_code = $1 and s.quarter = $2
order by s.id desc
