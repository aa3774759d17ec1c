-- What the activities of a period come to: docs/measures.md, and measureActivities in lib/core/measures.
-- $1 dataset, $2 first quarter, $3 last quarter. Grain: one row per service that held any.
-- Result: service, activities, attendances, participants, anonymousAdults, anonymousChildren.
-- Never null: service, activities, attendances, participants, anonymousAdults, anonymousChildren
with held as (
  select s.service_code, a.submission_id, a.number, a.adults, a.children
  from submission s
  join activity a on a.submission_id = s.id
  where s.dataset = $1::dataset and s.state = 'linked' and s.quarter between $2 and $3
), came as (
  -- one person at one activity, once
  select distinct h.service_code, h.submission_id, h.number, l.beneficiary_id
  from held h
  join attendance t on t.submission_id = h.submission_id and t.activity = h.number
  join link l on l.dataset = $1::dataset and l.record_id = t.record_id
), attended as (
  select service_code, count(*) as attendances, count(distinct beneficiary_id) as participants from came group by service_code
)
select h.service_code collate "C" as service, count(*)::int as activities,
  coalesce(max(a.attendances), 0)::int as attendances, coalesce(max(a.participants), 0)::int as participants,
  sum(h.adults)::int as "anonymousAdults", sum(h.children)::int as "anonymousChildren"
from held h
left join attended a on a.service_code = h.service_code
group by h.service_code
order by 1
