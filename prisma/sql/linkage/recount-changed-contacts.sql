-- Counts again the contacts in changed_contact, and keeps in crossed_contact those that crossed the limit either way.
-- $1 dataset, $2 limit as own, $3 limit as a carer's. Needs evidence as it is after the change.
-- Grain: one row per crossing contact. Fills crossed_contact.
insert into crossed_contact (value, shared)
with contact as (
  select changed.value, carried.own, coalesce(r.name_birth_pseudonym, r.client_pseudonym) as person
  from changed_contact changed
  join evidence e on e.dataset = $1 and e.value = changed.value
  join record r on r.dataset = $1 and r.id = e.record_id
  cross join lateral (values
    (r.email_pseudonym, true), (r.mobile_pseudonym, true),
    (r.carer_email_pseudonym, false), (r.carer_mobile_pseudonym, false)
  ) as carried (value, own)
  where carried.value = changed.value
    and (r.name_birth_pseudonym is not null or r.client_pseudonym is not null)
), carrier as (
  select value, own, person from contact group by value, own, person
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
