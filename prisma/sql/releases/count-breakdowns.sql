-- How many people by gender, ethnicity and age band, all services and everywhere together.
-- Grain: one row per attribute, value, year and set of quarters; year null: of all time, by first quarter.
-- Result: attribute, value (numbers of the release's lists), year, quarters, first_quarter, people.
-- Never null: attribute, value, people
with person as (
  select id, cell_year(cell) as year, bit_or(all_quarters(quarters)) as quarters, min(least(first_child,
    first_adult)) as first_quarter
  from entity_use
  where cell_who(cell) < 4
  group by id, cell_year(cell)
), described as (
  select p.year, p.quarters, null::smallint as first_quarter, y.gender, y.ethnicity, y.age_band
  from person p
  join person_year y on y.beneficiary_id = p.id and y.year = p.year
  union all
  select null, null, min(p.first_quarter), y.start_gender, y.start_ethnicity, y.start_age_band
  from person p
  join person_year y on y.beneficiary_id = p.id and y.year = p.year
  group by p.id, y.start_gender, y.start_ethnicity, y.start_age_band
)
select case grouping(gender, ethnicity, age_band) when 3 then 'gender' when 5 then 'ethnicity' else 'age-band' end as attribute,
  coalesce(gender, ethnicity, age_band) as value, year, quarters, first_quarter, count(*)::int as people
from described
group by grouping sets (
  (gender, year, quarters, first_quarter), (ethnicity, year, quarters, first_quarter), (age_band, year, quarters, first_quarter))
