-- The submissions whose records count before or after a change. $1 dataset, $2 arriving submission ids,
--   $3 leaving submission ids.
-- Grain: one row per submission. Result: id, records, whether it arrives, whether it leaves.
-- Never null: records, arrives, leaves
select id, coalesce(records, 0) as records, id = any ($2::bigint[]) as arrives, id = any ($3::bigint[]) as leaves
from submission
where dataset = $1 and (state = 'linked' or id = any ($2::bigint[]))
