-- Who was reached in some quarters, with what can be told of each: of several records those that say something come first,
-- then the earliest quarter, service and value, so that no order of arrival decides. Who is reached is what is_reached says.
-- $1 first quarter, $2 last quarter. Grain: one row per person.
-- Result: reference, family_id, kind, birth, gender, ethnicity, language, send, ward, deprivation, first_quarter, services,
--   quarters, contacts, family_people, certainty.
-- Never null: reference, kind, gender, send, first_quarter, services, quarters, family_people, certainty
with counted_submission as materialized (
  select s.id, s.service_code, s.quarter, s.counting, quarter_first_day(s.quarter) as first_day,
    quarter_last_day(s.quarter) as last_day
  from submission s
  where s.dataset = 'production' and s.file_kind = 'people' and s.state = 'linked' and s.quarter between $1 and $2
), reached as (
  select l.beneficiary_id, l.family_id, s.service_code, s.quarter, r.role, r.birth, r.gender, r.ethnicity, r.main_language,
    r.send_or_disability, coalesce(r.ward, case r.in_area when 'yes' then 'in' when 'no' then 'outside' end) as ward,
    r.imd_decile, r.contacts
  from counted_submission s
  join record_production r on r.submission_id = s.id
  join link_production l on l.record_id = r.id
  where is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day)
), person as (
  select beneficiary_id, max(family_id) as family_id,
    case when bool_or(role = 'child') then 'child' else 'adult' end as kind,
    (array_agg(birth order by length(birth) desc, quarter, service_code, birth) filter (where birth is not null))[1] as birth,
    (array_agg(gender order by gender = 'unknown', quarter, service_code, gender))[1] as gender,
    (array_agg(ethnicity order by ethnicity = 'Z', quarter, service_code, ethnicity) filter (where ethnicity is not null))[1]
      as ethnicity,
    (array_agg(main_language order by quarter, service_code, main_language) filter (where main_language is not null))[1]
      as language,
    (array_agg(send_or_disability order by send_or_disability = 'unknown', quarter, service_code, send_or_disability))[1] as send,
    (array_agg(ward order by quarter, service_code, ward) filter (where ward is not null))[1] as ward,
    (array_agg(imd_decile order by quarter, service_code, imd_decile) filter (where imd_decile is not null))[1] as deprivation,
    min(quarter) as first_quarter, count(distinct service_code)::int as services, count(distinct quarter)::int as quarters,
    sum(contacts)::int as contacts
  from reached
  group by beneficiary_id
), linkage as (
  select beneficiary_id, count(*) as records, count(distinct upper_id) as sure_sets, min(lower_id) as lower_id
  from link_production
  group by beneficiary_id
), doubtful as (
  select lower_id from link_production group by lower_id having count(distinct beneficiary_id) > 1
), family as (
  select family_id, count(distinct beneficiary_id)::int as people
  from link_production
  where family_id is not null
  group by family_id
)
select b.reference, p.family_id, p.kind, p.birth, p.gender, p.ethnicity, p.language, p.send, p.ward, p.deprivation,
  p.first_quarter, p.services, p.quarters, p.contacts, coalesce(f.people, 1) as family_people,
  case
    when k.lower_id in (select lower_id from doubtful) then 'doubtful'
    when k.sure_sets > 1 then 'likely'
    when k.records > 1 then 'sure'
    else 'one-record'
  end as certainty
from person p
join beneficiary b on b.dataset = 'production' and b.id = p.beneficiary_id
join linkage k on k.beneficiary_id = p.beneficiary_id
left join family f on f.family_id = p.family_id
order by b.reference
