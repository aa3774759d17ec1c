-- For example: {level} evidence.
-- Makes the records of arriving submissions findable by each pseudonym they carry.
-- {dataset} names the partitions, {level} is evidence or recent_evidence; $1 submission ids. Grain: one row per record and pseudonym. No result.
insert into {level}_{dataset} (value, record_id)
select value, id
from (
  select r.id, unnest(array[
    r.nhs_number_pseudonym, r.child_pseudonym, r.child_mobile_pseudonym,
    r.email_pseudonym, r.carer_email_pseudonym, r.mobile_pseudonym, r.carer_mobile_pseudonym,
    r.name_birth_pseudonym, r.birth_postcode_pseudonym, r.name_postcode_pseudonym,
    r.given_birth_postcode_pseudonym, r.client_pseudonym
  ]) as value
  from record_{dataset} r
  where r.submission_id = any ($1::bigint[])
) as carried
where value is not null
