-- The first two answers about each pair that two people answered about. No parameters. Grain: one row per pair. Result:
--   verdicts (two, the first first).
-- Never null: verdicts
select (array_agg(v.verdict order by v.given_at, v.reviewer))[1:2] as verdicts
from review_verdict v
group by v.sample_id
having count(*) > 1
