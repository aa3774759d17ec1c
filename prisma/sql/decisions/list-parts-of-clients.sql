-- The parts that hold records of some clients. {dataset} names the partitions; $1 client pseudonyms. Grain: one row a part.
--   Result: part_id.
select distinct l.part_id
from (
  select value, record_id from evidence_{dataset}
  union all select value, record_id from recent_evidence_{dataset}
) as e
join link_{dataset} l on l.record_id = e.record_id
where e.value = any ($1::uuid[])
