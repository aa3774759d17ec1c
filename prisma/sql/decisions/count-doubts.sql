-- How many doubts stand. $1 dataset. Grain: one row per kind and code. Result: kind, code, count.
-- Never null: count
select kind, code, count(*)::int as count
from doubt
where dataset = $1
group by kind, code
order by kind, code
