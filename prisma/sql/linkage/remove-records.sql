-- Deletes the records of a submission, and its activities, attendances, scores and involvements. $1 submission. No result.
with attendances as (
  delete from attendance where submission_id = $1
), activities as (
  delete from activity where submission_id = $1
), scores as (
  delete from score where submission_id = $1
), involvements as (
  delete from involvement where submission_id = $1
)
delete from record where submission_id = $1
