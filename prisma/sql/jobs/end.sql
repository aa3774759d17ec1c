-- What a try of a job came to; one that waits for the next try has not ended. Nothing where another was sent or begun since: what
-- that one comes to is told.
-- $1 submission, $2 begun, as jobs/begin answered, $3 stage, $4 code or null, $5 detail, $6 reference or null. No result.
update submission_job set
  stage = $3, code = $4, detail = $5, reference = $6, heartbeat_at = now(),
  ended_at = case when $3 <> 'waiting' then now() end
where submission_id = $1 and begun_at = $2::text::timestamptz
