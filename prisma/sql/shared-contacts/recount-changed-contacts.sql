-- Counts again the contacts in changed_contact, and keeps in crossed_contact those that crossed the limit either way.
-- {dataset} names the partitions; $1 dataset, $2 limit as own, $3 limit as a carer's. Needs evidence as it is after the change.
-- Grain: one row per crossing contact. Fills crossed_contact. Each contact and record is looked up by itself (what offset 0
--   holds the
-- planner to): there are few, however many records there are.
insert into crossed_contact (value, shared)
with found as (
  select changed.value, e.record_id
  from changed_contact changed
  cross join lateral (
    select record_id from evidence_{dataset} where value = changed.value
    union all select record_id from recent_evidence_{dataset} where value = changed.value
    offset 0
  ) as e
), crowded as (
  -- only what so many records carry can be shared: most contacts are told here, without looking at persons
  select value from found group by value having count(*) > least($2::int, $3::int)
), carrier as (
  -- each different person of a contact once, and whether it is the person's own
  select found.value, carried.own, coalesce(r.name_birth_pseudonym, r.client_pseudonym) as person
  from found
  join crowded on crowded.value = found.value
  cross join lateral (select * from record_{dataset} where id = found.record_id offset 0) as r
  cross join lateral (
    select unnest(array[{r.own_contacts}]), true
    union all select unnest(array[{r.carer_contacts}]), false
  ) as carried (value, own)
  where carried.value = found.value
    and (r.name_birth_pseudonym is not null or r.client_pseudonym is not null)
  group by 1, 2, 3
), counted as (
  select value, count(*) filter (where own) > $2::int or count(*) filter (where not own) > $3::int as shared
  from carrier
  group by value
), before_and_after as (
  -- a contact nobody carries any more is shared no more
  select changed.value, shared_contact.value is not null as was_shared, coalesce(counted.shared, false) as is_shared
  from changed_contact changed
  left join counted on counted.value = changed.value
  left join shared_contact on shared_contact.dataset = $1 and shared_contact.value = changed.value
)
select value, is_shared from before_and_after where was_shared <> is_shared
