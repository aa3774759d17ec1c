-- The records in use of some sources that carry any of some pseudonyms, and those that are counted as the same people.
-- $1 pseudonyms that tell somebody, $2 services. Grain: one row per record.
-- Result: id, beneficiary_id, service, submission, role, birth, gender, columns (an object of those that are filled),
--   involvements (an array in the order of the file).
-- Never null: id, service, submission, role, gender, columns, involvements
with carrier as (
  select record_id from evidence_production where value = any ($1::uuid[])
  union
  select record_id from recent_evidence_production where value = any ($1::uuid[])
), told as (
  select l.beneficiary_id
  from carrier
  join record_production r on r.id = carrier.record_id
  join submission s on s.id = r.submission_id and s.state = 'linked' and s.service_code = any ($2::text[])
  join link_production l on l.record_id = carrier.record_id
), listed as (
  select l.record_id, l.beneficiary_id
  from link_production l
  where l.beneficiary_id in (select beneficiary_id from told)
)
select r.id, listed.beneficiary_id, s.service_code as service, s.reference as submission, r.role, r.birth, r.gender,
  jsonb_strip_nulls(to_jsonb(r)) as columns,
  (
    select coalesce(jsonb_agg(jsonb_build_object(
      'state', i.state, 'startDate', coalesce(i.start_date::text, ''), 'lastDate', coalesce(i.last_date::text, ''),
      'endDate', coalesce(i.end_date::text, ''), 'details', i.details,
      'staff', jsonb_build_object(
        'name', coalesce(i.staff_name, ''), 'role', coalesce(i.staff_role, ''), 'phone', coalesce(i.staff_phone, ''),
        'email', coalesce(i.staff_email, ''), 'team', coalesce(i.staff_team, ''))) order by i.place), '[]')
    from involvement i
    where i.record_id = r.id
  ) as involvements
from listed
join record_production r on r.id = listed.record_id
join submission s on s.id = r.submission_id and s.state = 'linked' and s.service_code = any ($2::text[])
order by r.id
