-- Beneficiaries whose records now fall into several parts: only one of these can keep the reference.
-- {dataset} names the partitions. Needs scope_part, carried_beneficiary. Grain: one row per beneficiary. Result: id.
with brought as (
  select s.part_id, coalesce(l.beneficiary_id, carried.beneficiary_id) as beneficiary_id
  from scope_part s
  left join lateral (
    select beneficiary_id from link_{dataset} where record_id = s.record_id offset 0
  ) as l on true
  left join lateral (
    select c.beneficiary_id
    from record_{dataset} r
    join carried_beneficiary c on c.client = r.client_pseudonym
    where l.beneficiary_id is null and r.id = s.record_id
    offset 0
  ) as carried on true
)
select beneficiary_id as id
from brought
where beneficiary_id is not null
group by beneficiary_id
having min(part_id) <> max(part_id)
