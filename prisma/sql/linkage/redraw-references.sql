-- New references that are taken already, by a beneficiary, an alias or one another. $1 dataset. Result: id of each to draw again.
with numbered as (
  select id, reference, row_number() over (partition by reference order by id) as turn from new_beneficiary
)
select n.id
from numbered n
where n.turn > 1
  or exists (select from beneficiary b where b.dataset = $1 and b.reference = n.reference)
  or exists (select from beneficiary_alias a where a.dataset = $1 and a.reference = n.reference)
