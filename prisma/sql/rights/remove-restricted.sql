-- Deletes what is kept apart of a submission that is withdrawn. $1 submission. No result.
delete from restricted_record where submission_id = $1
