-- The files of a service that were tried out or went into staging, the latest first, with what was found in each in counts.
-- $1 service, $2 most. Bound by row-level security. Grain: one row a file.
-- Never null: reference, quarter, kind, state, receivedAt, isHeld, findings
select f.reference, f.quarter, f.file_kind as kind, f.state, f.received_at as "receivedAt", f.file_id is not null as "isHeld",
  f.rows_read as read, f.rows_accepted as accepted, f.rows_rejected as rejected, f.rows_blank as blank,
  coalesce(f.rows_left_out, 0) as "leftOut", f.records, f.linkability, f.figures, f.receipt,
  (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'field', c.field, 'severity', c.severity, 'rows', c.rows)
            order by c.severity, c.rows desc), '[]')
     from finding_count c where c.submission_id = f.id) as findings,
  t.sent_at as "feedbackAt", t.answer as "feedbackAnswer", t.answered_at as "answeredAt"
from submission f
left join trial_feedback t on t.submission_id = f.id
where f.service_code = $1 and f.dataset = 'staging' and f.rows_read is not null
order by f.id desc
limit $2
