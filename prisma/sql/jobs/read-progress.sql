-- How far the job of a submission is. $1 submission, $2 seconds after which a silent job has stalled.
-- Grain: one row, or none when no job was ever sent. Result: the columns of JobProgress. Never null: isStalled.
select kind, stage, done, total as "of", attempts, code, detail, reference,
  sent_at as "sentAt", begun_at as "begunAt", ended_at as "endedAt",
  stage in ('reading', 'linking') and heartbeat_at < now() - make_interval(secs => $2) as "isStalled"
from submission_job
where submission_id = $1
