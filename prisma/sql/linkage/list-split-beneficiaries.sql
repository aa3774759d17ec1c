-- Beneficiaries whose records now fall into several parts: only one of these can keep the reference.
-- $1 dataset. Needs scope_part, carried_beneficiary. Grain: one row per beneficiary. Result: id.
with brought as (
  select s.part_id, coalesce(l.beneficiary_id, carried.beneficiary_id) as beneficiary_id
  from scope_part s
  join record r on r.dataset = $1 and r.id = s.record_id
  left join link l on l.dataset = $1 and l.record_id = s.record_id
  left join carried_beneficiary carried on carried.client = r.client_pseudonym
)
select beneficiary_id as id
from brought
where beneficiary_id is not null
group by beneficiary_id
having min(part_id) <> max(part_id)
