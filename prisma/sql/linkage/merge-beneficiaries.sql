-- The references of beneficiaries that merged into another become its aliases, and their own aliases follow.
-- $1 dataset. Needs merged_beneficiary; into_id is never itself merged in the same change. No result.
with followed as (
  update beneficiary_alias a set beneficiary_id = m.into_id
  from merged_beneficiary m
  where a.dataset = $1 and a.beneficiary_id = m.id
)
insert into beneficiary_alias (dataset, reference, beneficiary_id)
select $1, b.reference, m.into_id
from merged_beneficiary m
join beneficiary b on b.dataset = $1 and b.id = m.id
