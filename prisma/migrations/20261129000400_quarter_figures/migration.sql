-- A file is compared with its service's own earlier quarters: what those amount to is kept with each submission as counts, so that
-- they are there when its file and records are gone; and a finding keeps the counts that its words say.
alter table submission add column figures jsonb;
alter table finding_count add column detail jsonb;

update submission s
set figures = jsonb_build_object('rows', coalesce(s.rows_accepted, 0) + coalesce(s.rows_rejected, 0)) || counted.figures
from (
  select r.submission_id, jsonb_build_object(
    'people', count(*), 'children', count(*) filter (where r.role = 'child'), 'adults', count(*) filter (where r.role <> 'child'),
    'contacts', sum(r.contacts), 'nhsNumber', count(r.nhs_number_pseudonym), 'birth', count(r.birth),
    'postcode', count(coalesce(r.ward, r.birth_postcode_pseudonym::text, r.name_postcode_pseudonym::text,
      r.given_birth_postcode_pseudonym::text)),
    'email', count(coalesce(r.email_pseudonym, r.carer_email_pseudonym)),
    'mobile', count(coalesce(r.mobile_pseudonym, r.carer_mobile_pseudonym)),
    'reference', count(r.client_pseudonym)) as figures
  from record r
  where r.epoch is null
  group by r.submission_id
) counted
where counted.submission_id = s.id and s.state in ('pseudonymised', 'linked');
