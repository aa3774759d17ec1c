-- How many people younger than an age lived in each ward in the middle of the last year that is not after one, or else of the
-- first there is. $1 age, $2 year.
-- Grain: one row per ward, none where no population is kept. Result: ward, year, people. Never null: ward, year, people
with chosen as (
  select coalesce(max(year) filter (where year <= $2), min(year)) as year from ward_population
)
select p.ward, p.year::int as year, sum(p.people)::int as people
from ward_population p
join chosen using (year)
where p.age < $1
group by p.ward, p.year
order by p.ward
