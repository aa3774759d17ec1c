-- Finds the contacts that more people carry than the programme allows, among those of some records.
-- {dataset} names the partition; $1 dataset, $2 limit as own, $3 limit as a carer's. Needs contact_carrier: of a contact in it,
--   every record
-- that counts. Fills shared_contact. Grain: one row per shared contact. No result.
insert into shared_contact (dataset, value)
with carrier as (
  -- each different person of a contact once, and whether it is the person's own
  select carried.value, carried.own, coalesce(r.name_birth_pseudonym, r.client_pseudonym) as person
  from contact_carrier c
  join record_{dataset} r on r.id = c.record_id
  cross join lateral (
    select unnest(array[{r.own_contacts}]), true
    union all select unnest(array[{r.carer_contacts}]), false
  ) as carried (value, own)
  where carried.value is not null
    and (r.name_birth_pseudonym is not null or r.client_pseudonym is not null)
  group by 1, 2, 3
)
select $1, value
from carrier
group by value
having count(*) filter (where own) > $2::int or count(*) filter (where not own) > $3::int
on conflict do nothing
