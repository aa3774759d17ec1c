-- Removes beneficiaries that no record is linked to any more, with their aliases.
-- {dataset} names the partitions; $1 dataset. Needs left_beneficiary, those that lost a record. No result.
with gone as (
  select distinct left_beneficiary.beneficiary_id as id
  from left_beneficiary
  where not exists (
    select from link_{dataset} l where l.beneficiary_id = left_beneficiary.beneficiary_id
  )
), unaliased as (
  delete from beneficiary_alias a using gone where a.dataset = $1 and a.beneficiary_id = gone.id
)
delete from beneficiary_{dataset} b using gone where b.id = gone.id
