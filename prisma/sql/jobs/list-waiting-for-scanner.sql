-- The jobs that wait for the virus scanner to answer. No parameters.
-- Grain: one row per submission. Result: submission, kind, actor. Never null: submission, kind, actor.
select submission_job.submission_id as submission, kind, received_by as actor
from submission_job
join submission on submission.id = submission_job.submission_id
where stage = 'waiting' and code = 'scanner-away'
order by submission_job.submission_id
