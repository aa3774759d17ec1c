-- How many doubts stand. $1 dataset, $2 the moment before which what was put off for later has come up again. Grain: one row
--   per kind, code
-- and rule. Result: kind, code, rule, count, waiting (of them, those that wait for a reviewer).
-- Never null: count, waiting
select kind, code, rule, count(*)::int as count,
  count(*) filter (where put_off is null
    or put_off = 'later' and put_off_at < $2
    or put_off = 'ask' and not exists (select from provider_question q where q.decision_id = put_off_by
      and q.state = 'open'))::int as waiting
from doubt
where dataset = $1
group by kind, code, rule
order by kind, code, rule
