-- Where each family was at the first contact of any of it in the year.
with first_contact as (
  select family_id, year,
    min((((quarter & 3) * 4 + case place when 3 then 2 when 4 then 1 else 0 end) * 4096 + service) * 4096 + place) as place
  from reached_use
  where family_id is not null
  group by family_id, year
)
insert into family_year
select family_id, year, place & 4095, first_value(place) over (partition by family_id order by year) & 4095
from first_contact
