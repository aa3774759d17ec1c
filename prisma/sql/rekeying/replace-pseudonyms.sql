-- Puts the pseudonyms under a new key in the place of the old. {dataset} names the partition. Needs rekeyed. No result.
update record_{dataset} r
set ({pseudonyms}) = row({n.pseudonyms})
from rekeyed n
where n.id = r.id
