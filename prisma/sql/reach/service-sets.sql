-- Which services people used together: how many people used exactly which set of services in a period.
-- $1 dataset, $2 first quarter, $3 last quarter. Who is reached is what is_reached says.
-- Grain: one row per set of services that anybody used. Result: services (codes), people.
-- Never null: services, people
with numbered_service as (
  select code, row_number() over (order by code) - 1 as number from service
), counted_submission as materialized (
  select s.id, s.counting, quarter_first_day(s.quarter) as first_day, quarter_last_day(s.quarter) as last_day,
    set_bit(b'0'::bit(1024), v.number::int, 1) as service_bit
  from submission s
  join numbered_service v on v.code = s.service_code
  where s.dataset = $1 and s.file_kind = 'people' and s.state = 'linked' and s.quarter between $2 and $3
), person as (
  select l.beneficiary_id, bit_or(s.service_bit) as services
  from counted_submission s
  join record r on r.dataset = $1 and r.submission_id = s.id
  join link l on l.dataset = $1 and l.record_id = r.id
  where is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day)
  group by l.beneficiary_id
), service_set as (
  select services, count(*)::int as people from person group by services
)
select array(select v.code from numbered_service v where get_bit(p.services, v.number::int) = 1) as services, people
from service_set p
