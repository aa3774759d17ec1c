-- Takes the part of one beneficiary as the scope, to explain it. $1 dataset, $2 beneficiary id. Fills scope_part.
insert into scope_part (ordinal, part_id, record_id)
select row_number() over (order by l.record_id) - 1, l.part_id, l.record_id
from link l
where l.dataset = $1 and l.part_id = (
  select part_id from link where dataset = $1 and beneficiary_id = $2 limit 1
)
