-- The references of beneficiaries that merged into another become its aliases, and their own aliases follow.
-- {dataset} names the partition; $1 dataset. Needs merged_beneficiary; into_id is never itself merged in the same change. No
--   result.
with followed as (
  update beneficiary_alias a set beneficiary_id = m.into_id
  from merged_beneficiary m
  where a.dataset = $1 and a.beneficiary_id = m.id
)
insert into beneficiary_alias (dataset, reference, beneficiary_id)
select $1, b.reference, m.into_id
from merged_beneficiary m
join beneficiary_{dataset} b on b.id = m.id
