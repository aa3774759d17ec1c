-- How many clients of each of a service's earlier quarters came back in the next one that it sent.
-- $1 dataset, $2 submission. A year of quarters before the submission's own; of two quarters, clients of the epoch that both
--   have. $3 submissions, $4 epochs and $5 clients, in one order, who were taken out untold, as if they were there still.
-- Grain: one row per quarter whose clients could come back, latest first. Result: id (of the submission they came back in),
-- clients, returning. Never null: id, clients, returning.
with earlier as (
  select s.id, s.quarter, s.epoch, row_number() over (order by s.quarter desc) as back
  from submission s
  join submission a on a.id = $2 and (a.service_code, a.file_kind) = (s.service_code, s.file_kind) and s.quarter < a.quarter
  where s.dataset = $1 and s.state = 'linked'
  order by s.quarter desc
  limit 4
), seen as (
  select distinct e.back, coalesce(r.epoch, e.epoch) as epoch, r.client_pseudonym as client
  from earlier e
  join record r on r.dataset = $1 and r.submission_id = e.id
  where r.client_pseudonym is not null
  union
  select e.back, u.epoch, u.client
  from unnest($3::bigint[], $4::smallint[], $5::uuid[]) as u (submission_id, epoch, client)
  join earlier e on e.id = u.submission_id
), common as (
  select older.back, max(older.epoch) as epoch
  from (select distinct back, epoch from seen) older
  join (select distinct back, epoch from seen) newer on newer.back = older.back - 1 and newer.epoch = older.epoch
  group by older.back
)
select e.id::text, count(older.client)::int as clients, count(newer.client)::int as returning
from common
join earlier e on e.back = common.back - 1
join seen older on older.back = common.back and older.epoch = common.epoch
left join seen newer on newer.back = older.back - 1 and newer.epoch = older.epoch and newer.client = older.client
group by e.id, e.back
order by e.back
