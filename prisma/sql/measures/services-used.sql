-- People by how many services reached them in a period. $1 dataset, $2 first quarter, $3 last quarter.
-- Grain: one row per number that anybody has. Result: services, people.
-- Never null: services, people
select services, count(*)::int as people
from (
  select count(*)::int as services from person_use($1::dataset, $2, $3) where is_reached group by beneficiary_id
) as person
group by services
order by services
