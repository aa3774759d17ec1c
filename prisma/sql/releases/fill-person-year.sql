-- Where each person was, and who, at the first contact of the year: then cells of one kind add up to their total.
-- $1 gender, $2 ethnicity, $3 age band: the numbers that say they are not known.
-- Of several records in that quarter the ones that say something come first, then by service and value, so that no order
-- of arrival decides. Each value is found as the least of numbers made of quarter, silence, service and value.
with first_contact as (
  select beneficiary_id, year,
    min((((quarter & 3) * 4 + case place when 3 then 2 when 4 then 1 else 0 end) * 4096 + service) * 4096 + place) as place,
    min((((quarter & 3) * 2 + (gender = $1)::int) * 4096 + service) * 4096 + gender) as gender,
    min((((quarter & 3) * 2 + (ethnicity = $2)::int) * 4096 + service) * 4096 + ethnicity) as ethnicity,
    min((((quarter & 3) * 2 + (age_band = $3)::int) * 4096 + service) * 4096 + age_band) as age_band
  from reached_use
  group by beneficiary_id, year
)
insert into person_year
select beneficiary_id, year, place & 4095, gender & 4095, ethnicity & 4095, age_band & 4095,
  first_value(place) over life & 4095, first_value(gender) over life & 4095,
  first_value(ethnicity) over life & 4095, first_value(age_band) over life & 4095
from first_contact
window life as (partition by beneficiary_id order by year)
