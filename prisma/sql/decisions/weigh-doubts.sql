-- Writes down what settling a doubt does to the figures, and what was last answered about it: of doubts that were just found,
--   and of all
-- in some parts. $1 dataset, $2 parts. No result.
with weighed as materialized (
  select id, sides from doubt where dataset = $1 and (people is null or part_id = any ($2::bigint[]))
), member as materialized (
  select w.id, side.ordinality as side, r.client_pseudonym as client, s.quarter,
    is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, quarter_first_day(s.quarter),
      quarter_last_day(s.quarter)) as reached
  from weighed w
  cross join lateral jsonb_array_elements(w.sides) with ordinality as side (ids, ordinality)
  cross join lateral jsonb_array_elements_text(side.ids) as record_id (value)
  join record r on r.dataset = $1 and r.id = record_id.value::bigint
  join submission s on s.id = r.submission_id
), ever as (
  select id, count(distinct side) - 1 as people from member where reached group by id
), by_quarter as (
  -- figures of a quarter in which several of the sides are counted
  select id, count(*) as quarters
  from (select id, quarter from member where reached group by id, quarter having count(distinct side) > 1) as quarter
  group by id
), put_off as (
  select distinct on (a.id) a.id, d.kind, d.decided_at, d.id as decision
  from decision d
  join member a on a.client = d.left_client
  join member b on b.client = d.right_client and b.id = a.id and b.side <> a.side
  where d.dataset = $1 and d.undone_at is null and d.kind in ('later', 'ask')
  order by a.id, d.id desc
)
update doubt
set people = coalesce(ever.people, 0), quarters = coalesce(by_quarter.quarters, 0),
  put_off = put_off.kind, put_off_at = put_off.decided_at,
  put_off_by = put_off.decision
from weighed
left join ever on ever.id = weighed.id
left join by_quarter on by_quarter.id = weighed.id
left join put_off on put_off.id = weighed.id
where doubt.id = weighed.id
