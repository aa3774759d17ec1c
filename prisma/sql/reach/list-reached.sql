-- Everybody in the figures of production who was reached, file by file. Who is reached is what is_reached says.
-- Grain: one row per record, in the order of submission, ward and role. Result for copyRows: submission, ward, role, and the
--   ids of the
-- person, the family, the person of the upper bound, the component of the lower, and the NHS number that counts in it; 0 for
--   none.
with counted_submission as materialized (
  select s.id, s.counting, quarter_first_day(s.quarter) as first_day, quarter_last_day(s.quarter) as last_day
  from submission s
  where s.dataset = 'production' and s.file_kind = 'people' and s.state = 'linked'
)
select s.id as submission, coalesce(r.ward, '') as ward, r.role,
  l.beneficiary_id, coalesce(l.family_id, 0) as family_id, l.upper_id, l.lower_id, coalesce(l.nhs_id, 0) as nhs_id
from counted_submission s
join record_production r on r.submission_id = s.id
join link_production l on l.record_id = r.id
where is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day)
order by s.id, ward, r.role
