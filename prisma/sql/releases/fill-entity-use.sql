-- Use of services by people, by families, and by the people of the upper bound where they differ from people: each once per
-- service and year. $1 strands: the number of each service's; $2 first quarters: the number of the first quarter of a mask, from 0 to 15.
with person_use as (
  select beneficiary_id, year, service, min(lower_id) as lower_id, bit_or(bit) as mask
  from reached_use
  group by beneficiary_id, year, service
), family_use as (
  select family_id, year, service, bit_or((bit | (bit >> 4)) & 15) as mask
  from reached_use
  where family_id is not null
  group by family_id, year, service
), upper_use as (
  select u.upper_id, u.beneficiary_id, u.year, u.service, bit_or((u.bit | (u.bit >> 4)) & 15) as mask
  from reached_use u
  join doubtful_component d on d.lower_id = u.lower_id and d.several_upper
  group by u.upper_id, u.beneficiary_id, u.year, u.service
), placed as (
  select p.beneficiary_id as id, coalesce(d.several_people::int + d.several_upper::int * 2, 0) as who,
    p.year, p.service, y.place, y.start_place, p.mask
  from person_use p
  join person_year y on y.beneficiary_id = p.beneficiary_id and y.year = p.year
  left join doubtful_component d on d.lower_id = p.lower_id
  union all
  select f.family_id, 4, f.year, f.service, y.place, y.start_place, f.mask
  from family_use f
  join family_year y on y.family_id = f.family_id and y.year = f.year
  union all
  select u.upper_id, 5, u.year, u.service, y.place, y.start_place, u.mask
  from upper_use u
  join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
)
insert into entity_use
select id, (who * 4096 + year) * 4096 + place, who * 4096 + start_place, service, ($1::smallint[])[service + 1], mask,
  year * 4 + ($2::smallint[])[(mask & 15) + 1], year * 4 + ($2::smallint[])[(mask >> 4) + 1]
from placed
