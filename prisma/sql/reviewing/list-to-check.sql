-- Pairs that a reviewer may be asked about next: first decisions of others, which are answered about twice, then joined pairs,
--   of which every fifth is.
-- $1 the reviewer, $2 after how many. Grain: one row per pair. Result: id, kind, left_submission, left_row, left_role,
--   right_submission, right_row,
-- right_role. Never null: id
select s.id::text as id, s.kind, s.left_submission, s.left_row, s.left_role, s.right_submission, s.right_row, s.right_role
from review_sample s
cross join lateral (
  select count(*) as given, count(*) filter (where v.reviewer = $1) as own from review_verdict v where v.sample_id = s.id
) as verdict
where own = 0 and given < case when s.kind = 'decided' or s.number % 5 = 0 then 2 else 1 end
order by s.kind, s.drawn_in, s.number
limit 30 offset $2
