-- How many people used any of some services, by gender, ethnicity and age band, everywhere together. $1 unions, $2 services: a
-- pair for each service of a union. What somebody is, is said as in count-breakdowns: by all that is known of them.
-- Grain: one row per union, attribute, value, year and set of quarters; year null: of all time, by first quarter.
-- Result: scope (the union), attribute, value (numbers of the release's lists), year, quarters, first_quarter, people.
-- Never null: scope, attribute, value, people
with person as (
  select m.number as scope, u.id, cell_year(u.cell) as year, bit_or(all_quarters(u.quarters)) as quarters,
    min(least(u.first_child, u.first_adult)) as first_quarter
  from entity_use u
  join unnest($1::smallint[], $2::smallint[]) as m (number, service) on m.service = u.service
  where cell_who(u.cell) < 4
  group by m.number, u.id, cell_year(u.cell)
), described as (
  select p.scope, p.year, p.quarters, null::smallint as first_quarter, y.gender, y.ethnicity, y.age_band
  from person p
  join person_year y on y.beneficiary_id = p.id and y.year = p.year
  union all
  select p.scope, null, null, min(p.first_quarter), y.start_gender, y.start_ethnicity, y.start_age_band
  from person p
  join person_year y on y.beneficiary_id = p.id and y.year = p.year
  group by p.scope, p.id, y.start_gender, y.start_ethnicity, y.start_age_band
)
select scope, case grouping(gender, ethnicity, age_band) when 3 then 'gender' when 5 then 'ethnicity' else 'age-band' end
    as attribute,
  coalesce(gender, ethnicity, age_band) as value, year, quarters, first_quarter, count(*)::int as people
from described
group by scope, grouping sets (
  (gender, year, quarters, first_quarter), (ethnicity, year, quarters, first_quarter), (age_band, year, quarters, first_quarter))
