-- How many people of each age younger than one lived in each ward in the middle of the last year that is not after one, or else
-- of the first there is. $1 age, $2 year.
-- Grain: one row per ward and age, none where no population is kept. Result: ward, year, age, people.
-- Never null: year, age
with chosen as (
  select coalesce(max(year) filter (where year <= $2), min(year)) as year from ward_population
)
select p.ward, p.year::int as year, p.age::int as age, p.people
from ward_population p
join chosen using (year)
where p.age < $1
order by p.ward, p.age
