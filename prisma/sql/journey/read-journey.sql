-- A submission on its way, as its pages need it, with the work on it as it stood in the same moment.
-- $1 reference, $2 seconds after which a silent job has stalled.
-- Grain: one row, or none when there is no such submission or the actor does not reach it. Result: the columns of Journey but
--   step,
-- and its words, sealed.
-- Never null: id, reference, dataset, service, serviceName, stage, provider, quarter, kind, state, isHashed, isBridged,
--   receivedAt,
--   receivedBy, leaveOut.
-- Never null: correctionsVersion, correctedCells, stopped.
-- Never null: version, isBegun, isRead, isShaped, isMatched, hasValues, isAnswered, isBeingWithdrawn.
select s.id, s.reference, s.dataset, s.service_code as service,
  name_in_quarter('service', service.code, s.quarter, service.name) as "serviceName", service.stage,
  service.provider_code as provider, s.quarter, s.file_kind as kind, s.state, s.reason, s.file_id as "fileId",
  s.form = 'hashed' as "isHashed", s.bridge_manifest is not null as "isBridged",
  s.receipt, s.words as "checkedWords", s.records + s.stopped_untold as records,
  s.stopped - s.stopped_untold as stopped, s.family_ties as "familyTies", s.linkability, s.events,
  case when s.rows_read is not null then json_build_object(
    'read', s.rows_read, 'accepted', s.rows_accepted, 'rejected', s.rows_rejected, 'blank', s.rows_blank,
    'leftOut', coalesce(s.rows_left_out, 0)
  ) end as rows,
  s.received_at as "receivedAt", s.received_by as "receivedBy",
  s.corrections_version as "correctionsVersion", s.corrected_cells as "correctedCells", replaced.reference as replaces,
    s.leave_out as "leaveOut",
  coalesce(j.version, 0) as version, j.submission_id is not null as "isBegun", j.refusal, j.words, j.file_rows as "fileRows",
  j.read_at is not null as "isRead", j.shaped_at is not null as "isShaped",
  j.matched_at is not null as "isMatched", j.valued_at is not null as "hasValues",
  j.leave_out_reason as "leaveOutReason", later.reference as "supersededBy",
  is_answered(s.id) as "isAnswered",
  is_being_withdrawn(s.reference) as "isBeingWithdrawn",
  case when job.submission_id is not null then json_build_object(
    'kind', job.kind, 'stage', job.stage, 'done', job.done, 'of', job.total, 'attempts', job.attempts,
    'code', job.code, 'detail', job.detail, 'reference', job.reference,
    'isStalled', job.stage in ('reading', 'linking') and coalesce(job.heartbeat_at < now() - make_interval(secs => $2), false)
  ) end as job
from submission s
join service on service.code = s.service_code
left join journey j on j.submission_id = s.id
left join submission_job job on job.submission_id = s.id
left join submission later on later.id = j.superseded_by
left join submission replaced on replaced.id = s.replaces_id
where s.reference = $1
