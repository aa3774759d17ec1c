-- What later quarters are compared with of the clients of some rows: what tells a person as submissions/compare-earlier
-- has it, by a digest and by its pseudonyms, and a digest of all that their rows say as submissions/compare-clients has it.
-- {dataset} names the partition, {described} what a record says of its person, {telling} what of that tells a person;
-- $1 submission, $2 rows, $3 roles in their order.
-- Grain: one row per client and epoch. Result: epoch, client, says, telling, whole.
-- Never null: epoch, client, says, telling, whole
with client as (
  select distinct r.client_pseudonym as pseudonym
  from record_{dataset} r
  join unnest($2::int[], $3::text[]) as place (source_row, role) on (r.source_row, r.role) = (place.source_row, place.role)
  where r.submission_id = $1 and r.client_pseudonym is not null
), beside as (
  select record_id, jsonb_agg(says order by says) as says
  from (
    select t.record_id, to_jsonb(a) - array['submission_id', 'number', 'adults', 'children'] as says
    from attendance t
    join activity a on a.submission_id = t.submission_id and a.number = t.activity
    where t.submission_id = $1
    union all
    select c.record_id, to_jsonb(c) - array['record_id', 'submission_id']
    from score c
    where c.submission_id = $1
    union all
    select i.record_id, to_jsonb(i) - array['record_id', 'submission_id']
    from involvement i
    where i.submission_id = $1
  ) as event
  group by record_id
), compared as (
  select r.*, b.says as beside
  from record r
  left join beside b on b.record_id = r.id
  where r.submission_id = $1 and r.client_pseudonym in (select pseudonym from client)
)
select coalesce(r.epoch, s.epoch) as epoch, r.client_pseudonym as client,
  ((array_agg(hashtextextended(row(r.birth, r.gender, {r.described})::text, 0) order by r.id))[1])::text as says,
  (array_agg((select to_jsonb(told) from (select {r.telling}) as told) order by r.id))[1] as telling,
  hashtextextended((array_agg(to_jsonb(r) - array['id', 'submission_id', 'source_row', 'epoch', 'filled']
    order by r.source_row))::text, 0)::text as whole
from compared r
join submission s on s.id = r.submission_id
group by coalesce(r.epoch, s.epoch), r.client_pseudonym
