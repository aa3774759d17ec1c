-- How far a try of a job is, and that somebody works on it; nothing where another was sent or begun since.
-- $1 submission, $2 begun, as jobs/begin answered, $3 stage, $4 done, $5 total or null. No result.
update submission_job set stage = $3, done = $4, total = $5, heartbeat_at = now()
where submission_id = $1 and begun_at = $2::text::timestamptz
