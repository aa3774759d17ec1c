-- What an administrator sees first. $1 the quarter, $2 today, $3 before when a doubt is old. Bound by row-level security.
-- Grain: one row.
-- Never null: sent, open, withFindings, failed, waitingJobs, doubts, oldDoubts, approvals, endingAgreements, endingTokens
-- Never null: heldBytes, databaseBytes, questions
select
  (select count(*)::int from submission
    where dataset = 'production' and quarter = $1 and file_kind = 'people' and state = 'linked') as sent,
  (select count(*)::int from submission
    where dataset = 'production' and state in ('received', 'mapped', 'checked') and file_id is not null) as open,
  (select count(distinct s.id)::int from submission s join finding_count f on f.submission_id = s.id
    where s.dataset = 'production' and s.quarter = $1 and s.file_kind = 'people' and s.state = 'linked'
      and f.severity <> 'note') as "withFindings",
  (select count(*)::int from submission_job where stage = 'failed') as failed,
  (select count(*)::int from submission_job where stage = 'waiting') as "waitingJobs",
  count_waiting_doubts() as doubts,
  count_doubts_since($3) as "oldDoubts",
  (select count(*)::int from approval where outcome is null and expires_at >= now()) as approvals,
  (select count(*)::int from agreement a
    where not a.demonstration
      and agreement_last_day(a.valid_to, a.ended_on) between $2::date and $2::date + 90) as "endingAgreements",
  (select count(*)::int from submission_token
    where revoked_at is null and (expires_at at time zone 'Europe/London')::date between $2::date and $2::date + 90)
    as "endingTokens",
  (select coalesce(sum(file_bytes), 0)::float8 from submission where file_id is not null) as "heldBytes",
  pg_database_size(current_database())::float8 as "databaseBytes",
  (select count(*)::int from provider_question where state = 'open') as questions
