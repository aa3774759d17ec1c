-- A worker begins a submission's job, for the first time or again; where the submission's rows were sent to be taken, a check
-- that comes late is told nowhere. $1 submission, $2 kind.
-- Grain: one row, or none where it is told nowhere. Result: begun, which tells this try from any other.
-- Never null: begun
insert into submission_job (submission_id, kind, stage, attempts, begun_at, heartbeat_at)
values ($1, $2, 'reading', 1, clock_timestamp(), now())
on conflict (submission_id) do update set
  kind = excluded.kind, stage = 'reading', done = 0, total = null, attempts = submission_job.attempts + 1, code = null,
  detail = '{}', reference = null, begun_at = excluded.begun_at, heartbeat_at = now(), ended_at = null
  where not (submission_job.kind = 'process' and excluded.kind = 'check')
returning begun_at::text as begun
