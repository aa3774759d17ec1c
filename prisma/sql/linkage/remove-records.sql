-- Deletes the records of a submission. $1 submission. No result.
delete from record where submission_id = $1
