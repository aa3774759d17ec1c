-- Finds every contact that more people carry than the programme allows, over all evidence of a dataset.
-- $1 dataset, $2 limit as own, $3 limit as a carer's, $4 submission ids that count. Grain: one row per shared contact. No result.
insert into shared_contact (dataset, value)
with contact as not materialized (
  -- every contact a record carries, whether as the person's own, and whom it speaks of
  select carried.value, carried.own, coalesce(r.name_birth_pseudonym, r.client_pseudonym) as person
  from record r
  cross join lateral (values
    (r.email_pseudonym, true), (r.mobile_pseudonym, true),
    (r.carer_email_pseudonym, false), (r.carer_mobile_pseudonym, false)
  ) as carried (value, own)
  where r.dataset = $1 and r.submission_id = any ($4::bigint[]) and carried.value is not null
    and (r.name_birth_pseudonym is not null or r.client_pseudonym is not null)
), crowded as (
  -- the few values that enough records carry; most are told apart here, without looking at persons
  select value from contact group by value having count(*) > least($2::int, $3::int)
), carrier as (
  -- each different person once
  select value, own, person from contact join crowded using (value) group by value, own, person
)
select $1, value
from carrier
group by value
having count(*) filter (where own) > $2::int or count(*) filter (where not own) > $3::int
