-- A worker begins a submission's job, for the first time or again. $1 submission, $2 kind.
insert into submission_job (submission_id, kind, stage, attempts, begun_at, heartbeat_at)
values ($1, $2, 'reading', 1, now(), now())
on conflict (submission_id) do update set
  kind = excluded.kind, stage = 'reading', done = 0, total = null, attempts = submission_job.attempts + 1, code = null,
  detail = '{}', reference = null, begun_at = now(), heartbeat_at = now(), ended_at = null
