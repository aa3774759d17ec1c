-- Reach of each service over all quarters before and after a trial, and that of the programme as the service ''. {dataset}
--   names the partitions. Needs
-- tried_link. Grain: one row per service. Result: service, before, after.
-- Never null: service, before, after
with reached as (
  select s.service_code, l.beneficiary_id, t.person_id
  from tried_link t
  join link_{dataset} l on l.record_id = t.record_id
  join record_{dataset} r on r.id = t.record_id
  join submission s on s.id = r.submission_id
  where is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, quarter_first_day(s.quarter),
    quarter_last_day(s.quarter))
)
select coalesce(service_code, '') as service, count(distinct beneficiary_id)::int as before,
  count(distinct person_id)::int as after
from reached
group by grouping sets ((service_code), ())
order by service
