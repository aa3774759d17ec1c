-- How many clients of a service came back in its earlier quarters, added up over pairs of quarters that follow one another.
-- $1 dataset, $2 submission. A year of quarters before the submission's own; of two quarters, clients of the epoch that both have.
-- Grain: one row. Result: clients, returning. Never null: clients, returning.
with earlier as (
  select s.id, s.quarter, s.epoch, row_number() over (order by s.quarter desc) as back
  from submission s
  join submission a on a.id = $2 and a.service_code = s.service_code and s.quarter < a.quarter
  where s.dataset = $1 and s.state = 'linked'
  order by s.quarter desc
  limit 4
), seen as (
  select distinct e.back, coalesce(r.epoch, e.epoch) as epoch, r.client_pseudonym as client
  from earlier e
  join record r on r.dataset = $1 and r.submission_id = e.id
  where r.client_pseudonym is not null
), common as (
  select older.back, max(older.epoch) as epoch
  from (select distinct back, epoch from seen) older
  join (select distinct back, epoch from seen) newer on newer.back = older.back - 1 and newer.epoch = older.epoch
  group by older.back
)
select count(older.client)::int as clients, count(newer.client)::int as returning
from common
join seen older on older.back = common.back and older.epoch = common.epoch
left join seen newer on newer.back = older.back - 1 and newer.epoch = older.epoch and newer.client = older.client
