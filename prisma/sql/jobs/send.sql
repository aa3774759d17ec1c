-- A submission's job was sent: it waits. $1 submission, $2 kind.
insert into submission_job (submission_id, kind, stage) values ($1, $2, 'waiting')
on conflict (submission_id) do update set
  kind = excluded.kind, stage = 'waiting', done = 0, total = null, attempts = 0, code = null, detail = '{}',
  reference = null, sent_at = now(), begun_at = null, heartbeat_at = null, ended_at = null
