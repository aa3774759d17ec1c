-- Deletes what is kept apart of a submission that is withdrawn, and who was taken out of it untold. $1 submission. No result.
with untold as (
  delete from untold_client where submission_id = $1
)
delete from restricted_record where submission_id = $1
