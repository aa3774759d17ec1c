-- Forgets what reviewers and providers said about rows of a submission: questions, checked pairs and verdicts, and what workers
-- were asked to decide about them.
-- $1 submission, $2 rows, $3 roles in their order. No result.
with place as (
  select s.id as submission_id, s.reference, place.source_row, place.role
  from submission s
  cross join unnest($2::int[], $3::text[]) as place (source_row, role)
  where s.id = $1
), sample as (
  select distinct c.id
  from review_sample c
  join place p on (p.reference, p.source_row, p.role) = (c.left_submission, c.left_row, c.left_role)
    or (p.reference, p.source_row, p.role) = (c.right_submission, c.right_row, c.right_role)
), verdict as (
  delete from review_verdict v using sample where v.sample_id = sample.id
), checked as (
  delete from review_sample c using sample where c.id = sample.id
), asked as (
  delete from act a
  using place p
  where a.kind = 'decide'
    and exists (
      select from unnest(array[a.request -> 'left', a.request -> 'right']) as side
      where (side ->> 'submission', (side ->> 'row')::int, side ->> 'role') = (p.reference, p.source_row, p.role)
    )
)
delete from provider_question q
using place p
where q.submission_id = p.submission_id
  and (p.source_row, p.role) = (q.source_row, q.role)
