-- How far a job is, and that somebody works on it. $1 submission, $2 stage, $3 done, $4 total or null.
update submission_job set stage = $2, done = $3, total = $4, heartbeat_at = now() where submission_id = $1
