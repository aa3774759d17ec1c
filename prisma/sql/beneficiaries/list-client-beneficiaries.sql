-- The beneficiaries of the records of some clients. {dataset} names the partitions; $1 client pseudonyms. Grain: one row per
--   client that has
-- a record. Result: client, beneficiaries (ids, one for each record).
-- Never null: client, beneficiaries
select wanted.client, array_agg(l.beneficiary_id::text) as beneficiaries
from (select distinct unnest($1::uuid[]) as client) as wanted
join (
  select value, record_id from evidence_{dataset}
  union all select value, record_id from recent_evidence_{dataset}
) as e on e.value = wanted.client
join link_{dataset} l on l.record_id = e.record_id
group by wanted.client
