-- What a try of a job came to; one that waits for the next try has not ended.
-- $1 submission, $2 stage, $3 code or null, $4 detail, $5 reference or null.
update submission_job set
  stage = $2, code = $3, detail = $4, reference = $5, heartbeat_at = now(),
  ended_at = case when $2 <> 'waiting' then now() end
where submission_id = $1
