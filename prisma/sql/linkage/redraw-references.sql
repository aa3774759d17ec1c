-- New references that are taken already, by a beneficiary, an alias or one another. $1 dataset. Result: id of each to draw again.
with repeated as (
  select reference from new_beneficiary group by reference having count(*) > 1
)
select n.id
from new_beneficiary n
where n.reference in (select reference from repeated)
  or exists (select from beneficiary b where b.dataset = $1 and b.reference = n.reference)
  or exists (select from beneficiary_alias a where a.dataset = $1 and a.reference = n.reference)
