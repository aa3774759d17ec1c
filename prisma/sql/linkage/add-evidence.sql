-- Makes the records of arriving submissions findable by each pseudonym they carry.
-- $1 dataset, $2 submission ids. Grain: one row per record and pseudonym. No result.
insert into evidence (dataset, value, record_id)
select r.dataset, carried.value, r.id
from record r
cross join lateral unnest(array[
  r.nhs_number_pseudonym, r.child_pseudonym, r.child_mobile_pseudonym,
  r.email_pseudonym, r.carer_email_pseudonym, r.mobile_pseudonym, r.carer_mobile_pseudonym,
  r.name_birth_pseudonym, r.birth_postcode_pseudonym, r.name_postcode_pseudonym,
  r.given_birth_postcode_pseudonym, r.client_pseudonym
]) as carried (value)
where r.dataset = $1 and r.submission_id = any ($2::bigint[]) and carried.value is not null
