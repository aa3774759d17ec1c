-- What the records of a submission amount to, as later quarters are compared with it; in a bridge quarter each is counted once.
-- $1 dataset, $2 submission.
-- Grain: one row. Result: the members of QuarterFigures but rows.
-- Never null: people, children, adults, nhsNumber, birth, postcode, email, mobile, reference.
select count(*)::int as people,
  count(*) filter (where role = 'child')::int as children,
  count(*) filter (where role <> 'child')::int as adults,
  sum(contacts)::float8 as contacts,
  count(nhs_number_pseudonym)::int as "nhsNumber",
  count(birth)::int as birth,
  count(coalesce(ward, birth_postcode_pseudonym::text, name_postcode_pseudonym::text, given_birth_postcode_pseudonym::text))::int
    as postcode,
  count(coalesce(email_pseudonym, carer_email_pseudonym))::int as email,
  count(coalesce(mobile_pseudonym, carer_mobile_pseudonym))::int as mobile,
  count(client_pseudonym)::int as reference
from record
where dataset = $1 and submission_id = $2 and epoch is null
