-- People that the figures know under older source keys alone: they were absent from every bridge quarter since.
-- $1 dataset, $2 the current epoch. Grain: one row per service that knows any. Result: service, name, people.
-- Never null: people
with person as (
  select l.beneficiary_id
  from link l
  join record r on r.dataset = $1 and r.id = l.record_id
  join submission s on s.id = r.submission_id
  where l.dataset = $1
  group by l.beneficiary_id
  having not bool_or(coalesce(r.epoch, s.epoch) = $2)
)
select s.service_code as service, v.name, count(distinct l.beneficiary_id)::int as people
from person p
join link l on l.dataset = $1 and l.beneficiary_id = p.beneficiary_id
join record r on r.dataset = $1 and r.id = l.record_id
join submission s on s.id = r.submission_id
join service v on v.code = s.service_code
group by s.service_code, v.name
order by s.service_code
