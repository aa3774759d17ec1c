-- What was found of joined pairs that somebody checked, by the rule that joined them; of several answers about one pair the
--   last counts.
-- No parameters. Grain: one row per rule. Result: rule, checked, wrong.
-- Never null: rule, checked, wrong
with last_verdict as (
  select distinct on (v.sample_id) v.sample_id, v.verdict
  from review_verdict v
  order by v.sample_id, v.given_at desc, v.reviewer
)
select s.rule, count(*)::int as checked, count(*) filter (where v.verdict = 'different')::int as wrong
from last_verdict v
join review_sample s on s.id = v.sample_id
where s.kind = 'joined' and v.verdict <> 'cannot-tell'
group by s.rule
order by s.rule
