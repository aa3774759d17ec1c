-- The references of beneficiaries. {dataset} names the partition; $1 beneficiary ids. Grain: one row per beneficiary. Result:
--   id, reference.
select id, reference from beneficiary_{dataset} where id = any ($1::bigint[])
