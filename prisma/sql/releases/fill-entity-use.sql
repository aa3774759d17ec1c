-- Use of services by people, by families, and by the people of the upper bound where they differ from people: each once per
-- service and year. $1 strands: the number of each service's.
with person_use as (
  select beneficiary_id, year, service, min(lower_id) as lower_id, bit_or(quarters::int) as quarters
  from reached_use
  group by beneficiary_id, year, service
), family_use as (
  select family_id, year, service, bit_or(all_quarters(quarters)) as quarters
  from reached_use
  where family_id is not null
  group by family_id, year, service
), upper_use as (
  select u.upper_id, u.beneficiary_id, u.year, u.service, bit_or(all_quarters(u.quarters)) as quarters
  from reached_use u
  join doubtful_component d on d.lower_id = u.lower_id and d.several_upper
  group by u.upper_id, u.beneficiary_id, u.year, u.service
), placed as (
  select p.beneficiary_id as id, coalesce(d.several_people::int + d.several_upper::int * 2, 0) as who,
    p.year, p.service, y.place, y.start_place, p.quarters
  from person_use p
  join person_year y on y.beneficiary_id = p.beneficiary_id and y.year = p.year
  left join doubtful_component d on d.lower_id = p.lower_id
  union all
  select f.family_id, 4, f.year, f.service, y.place, y.start_place, f.quarters
  from family_use f
  join family_year y on y.family_id = f.family_id and y.year = f.year
  union all
  select u.upper_id, 5, u.year, u.service, y.place, y.start_place, u.quarters
  from upper_use u
  join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
)
insert into entity_use
select id, pack_cell(who, year, place), pack_start_cell(who, start_place), service, ($1::smallint[])[service + 1], quarters,
  year * 4 + first_quarter(child_quarters(quarters)), year * 4 + first_quarter(adult_quarters(quarters))
from placed
