-- Where each person was, and who, at the first contact of the year: then cells of one kind add up to their total.
-- $1 gender, $2 ethnicity, $3 age band: the numbers that say they are not known.
-- Of several records in that quarter the ones that say something come first, then by service and value, so that no order
-- of arrival decides. Each value is found as the least of numbers made of quarter, silence, service and value.
with first_contact as (
  select beneficiary_id, year,
    min(pack_said(quarter, case place when 3 then 2 when 4 then 1 else 0 end, service, place)) as place,
    min(pack_said(quarter, (gender = $1)::int, service, gender)) as gender,
    min(pack_said(quarter, (ethnicity = $2)::int, service, ethnicity)) as ethnicity,
    min(pack_said(quarter, (age_band = $3)::int, service, age_band)) as age_band
  from reached_use
  group by beneficiary_id, year
)
insert into person_year
select beneficiary_id, year, said_value(place), said_value(gender), said_value(ethnicity), said_value(age_band),
  said_value(first_value(place) over life), said_value(first_value(gender) over life),
  said_value(first_value(ethnicity) over life), said_value(first_value(age_band) over life)
from first_contact
window life as (partition by beneficiary_id order by year)
