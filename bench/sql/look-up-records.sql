-- Adds {records} records to the demonstration of a look-up, four of one person each in four of its nine sources, linked, with an
-- involvement each: what finding people reads. Their ids are far from those that the demonstration has.
create temporary table kind as
  select number, code from unnest(array['school', 'adult-social-care', 'housing', 'police', 'childrens-social-care',
    'community-health', 'acute-care', 'primary-care', 'mental-health']) with ordinality as listed (code, number);
create temporary table made as
  select n, 1000000000 + n as id, 1000000000 + n / 4 as person, s.id as submission_id
  from generate_series(0, {records} - 1) as n
  join kind k on k.number = 1 + (n % 4 + n / 4) % 9
  join submission s on s.service_code = k.code;
insert into record_production (id, submission_id, source_row, role, gender, in_area, send_or_disability, birth,
  nhs_number_pseudonym, name_birth_pseudonym)
  select id, submission_id, 1000 + n, 'adult', 'F', 'yes', 'no', '1990', md5('nhs ' || n / 4)::uuid, md5('name ' || n / 4)::uuid
  from made;
insert into link_production (record_id, part_id, beneficiary_id, upper_id, lower_id)
  select id, person, person, person, person from made;
insert into evidence_production (value, record_id)
  select md5(kind || n / 4)::uuid, id from made, unnest(array['nhs ', 'name ']) as kind;
insert into involvement (record_id, submission_id, place, state, staff_name, staff_phone)
  select id, submission_id, 0, 'current', 'Sam Carter', '020 7946 0123' from made;
analyze record_production, link_production, evidence_production, involvement, submission;
select count(*)::int as records from record_production
