-- Every record in the figures of production, part after part, with whether somebody was reached by what is_reached says.
-- Grain: one row per record. Result for copyRows: part_id, then as linkage reads a record, then reached.
with counted_submission as materialized (
  select s.id, s.counting, quarter_first_day(s.quarter) as first_day, quarter_last_day(s.quarter) as last_day
  from submission s
  where s.dataset = 'production' and s.state = 'linked'
)
select l.part_id, r.id, r.submission_id, r.source_row, r.role, r.birth, r.gender, r.ward, {r.pseudonyms},
  coalesce(r.epoch, 0)::int4 as epoch,
  coalesce(is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day), false) as reached
from counted_submission s
join record_production r on r.submission_id = s.id
join link_production l on l.record_id = r.id
order by l.part_id, r.id
