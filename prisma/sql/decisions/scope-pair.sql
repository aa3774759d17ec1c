-- Takes two people as the scope, to compare them: of each the records that linkage holds for one; where the two are one person,
--   those of each client
-- apart. $1 dataset, $2 the two records that stand for them. Fills scope_part, the one as part 1, the other as part 2.
insert into scope_part (ordinal, part_id, record_id)
with shown as (
  select asked.side, l.beneficiary_id, r.client_pseudonym
  from unnest($2::bigint[]) with ordinality as asked (record_id, side)
  join link l on l.dataset = $1 and l.record_id = asked.record_id
  join record r on r.dataset = $1 and r.id = asked.record_id
)
select row_number() over (order by shown.side, l.record_id) - 1, shown.side, l.record_id
from shown
join link l on l.dataset = $1 and l.beneficiary_id = shown.beneficiary_id
join record r on r.dataset = $1 and r.id = l.record_id
where (select count(distinct beneficiary_id) from shown) > 1
  or r.client_pseudonym is not distinct from shown.client_pseudonym
