-- The submissions whose records count once a change is made. $1 dataset, $2 arriving submission ids, $3 leaving submission ids.
-- Grain: one row per submission. Result: id, records, whether it arrives.
-- Never null: records, arrives
select id, coalesce(records, 0) as records, id = any ($2::bigint[]) as arrives
from submission
where dataset = $1 and (state = 'linked' or id = any ($2::bigint[])) and id <> all ($3::bigint[])
