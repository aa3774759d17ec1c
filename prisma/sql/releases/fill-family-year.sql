-- Where each family was at the first contact of any of it in the year.
with first_contact as (
  select family_id, year,
    min(pack_said(quarter, case place when 3 then 2 when 4 then 1 else 0 end, service, place)) as place
  from reached_use
  where family_id is not null
  group by family_id, year
)
insert into family_year
select family_id, year, said_value(place), said_value(first_value(place) over (partition by family_id order by year))
from first_contact
