-- For example: {with_postcode} email_pseudonym, {emails} email_pseudonym, {mobiles} email_pseudonym.
-- What the records of a submission amount to, as later quarters are compared with it; in a bridge quarter each is counted once.
-- $1 dataset, $2 submission. {with_postcode}, {emails} and {mobiles} are the pseudonyms that show that one was given.
-- Grain: one row. Result: the members of QuarterFigures but rows.
-- Never null: people, children, adults, nhsNumber, birth, postcode, email, mobile, contactable, reference.
select count(*)::int as people,
  count(*) filter (where role = 'child')::int as children,
  count(*) filter (where role <> 'child')::int as adults,
  sum(contacts)::float8 as contacts,
  count(nhs_number_pseudonym)::int as "nhsNumber",
  count(birth)::int as birth,
  count(*) filter (where num_nonnulls(ward, {with_postcode}) > 0)::int as postcode,
  count(*) filter (where num_nonnulls({emails}) > 0)::int as email,
  count(*) filter (where num_nonnulls({mobiles}) > 0)::int as mobile,
  count(*) filter (where num_nonnulls({emails}) + num_nonnulls({mobiles}) > 0)::int as contactable,
  count(client_pseudonym)::int as reference
from record
where dataset = $1 and submission_id = $2 and epoch is null
