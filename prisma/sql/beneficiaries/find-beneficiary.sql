-- A beneficiary by its reference or an alias. $1 dataset, $2 reference. Result: one row or none: id, reference, aliases.
-- Never null: aliases
select b.id, b.reference, array(
  select a.reference from beneficiary_alias a
  where a.dataset = b.dataset and a.beneficiary_id = b.id order by a.reference
) as aliases
from beneficiary b
where b.dataset = $1 and b.id = coalesce(
  (select id from beneficiary where dataset = $1 and reference = $2),
  (select beneficiary_id from beneficiary_alias where dataset = $1 and reference = $2)
)
