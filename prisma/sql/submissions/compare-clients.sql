-- How the records of one submission differ from those of another of the same service, client by client, with the activities they
-- came to, their scores and involvements.
-- $1 dataset, $2 the new submission, $3 the one it is compared with. A client has another
-- pseudonym in each epoch: both are compared in the latest that both have, or not at all.
-- Clients who were taken out of the latter untold are compared as if they were there still: $4 submissions,
--   $5 epochs, $6 clients, $7 what their rows say, in one order.
-- Grain: one row. Result: same, changed, new, removed. Never null: same, changed, new, removed.
with common as (
  select epoch
  from (
    select r.submission_id, coalesce(r.epoch, s.epoch) as epoch
    from record r
    join submission s on s.id = r.submission_id
    where r.dataset = $1 and r.submission_id in ($2, $3)
    union
    select u.submission_id, u.epoch
    from unnest($4::bigint[], $5::smallint[]) as u (submission_id, epoch)
    where u.submission_id = $3
  ) as came
  group by epoch
  having count(distinct submission_id) = 2
  order by 1 desc
  limit 1
), beside as (
  select record_id, jsonb_agg(says order by says) as says
  from (
    select t.record_id, to_jsonb(a) - array['submission_id', 'number', 'adults', 'children'] as says
    from attendance t
    join activity a on a.submission_id = t.submission_id and a.number = t.activity
    where t.submission_id in ($2, $3)
    union all
    select c.record_id, to_jsonb(c) - array['record_id', 'submission_id']
    from score c
    where c.submission_id in ($2, $3)
    union all
    select i.record_id, to_jsonb(i) - array['record_id', 'submission_id']
    from involvement i
    where i.submission_id in ($2, $3)
  ) as event
  group by record_id
), compared as (
  select r.*, b.says as beside
  from record r
  left join beside b on b.record_id = r.id
  join submission s on s.id = r.submission_id
  join common on common.epoch = coalesce(r.epoch, s.epoch)
  where r.dataset = $1 and r.submission_id in ($2, $3)
), newer as (
  select client_pseudonym as client, hashtextextended((array_agg(to_jsonb(r) - array['id', 'submission_id', 'source_row', 'epoch',
    'filled'] order by source_row))::text, 0) as says
  from compared r where r.submission_id = $2 and client_pseudonym is not null
  group by client_pseudonym
), standing as (
  select client_pseudonym as client, hashtextextended((array_agg(to_jsonb(r) - array['id', 'submission_id', 'source_row', 'epoch',
    'filled'] order by source_row))::text, 0) as says
  from compared r where r.submission_id = $3 and client_pseudonym is not null
  group by client_pseudonym
), untold as (
  select u.client, u.says
  from unnest($4::bigint[], $5::smallint[], $6::uuid[], $7::bigint[]) as u (submission_id, epoch, client, says)
  join common on common.epoch = u.epoch
  where u.submission_id = $3
), older as (
  -- all that was sent of a client of whom a row is there still
  select client, says from untold
  union all
  select client, says from standing where client not in (select client from untold)
)
select
  count(*) filter (where newer.says = older.says)::int as same,
  count(*) filter (where newer.says <> older.says)::int as changed,
  count(*) filter (where older.client is null)::int as new,
  count(*) filter (where newer.client is null)::int as removed
from newer
full join older using (client)
