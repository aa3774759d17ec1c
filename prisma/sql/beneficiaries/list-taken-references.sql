-- Never null: id
-- New references that a beneficiary or an alias has already. {dataset} names the partition; $1 dataset. Needs new_beneficiary.
-- Result: id of each to draw again.
select n.id
from new_beneficiary n
where exists (select from beneficiary_{dataset} b where b.reference = n.reference)
  or exists (select from beneficiary_alias a where a.dataset = $1 and a.reference = n.reference)
