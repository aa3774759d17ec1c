-- The rows of a hashed file from rows of the standard. Source: "Hashed file".

-- Postcodes of the programme's area, filled by whoever holds the area table; a programme without one leaves it empty.
create table count_once.area (
  -- The first 64 bits of SHA-256 of the postcode in upper case without its space.
  postcode_digest bytea primary key,
  ward text not null,
  imd_decile int check (imd_decile between 1 and 10),
  in_area text not null check (in_area in ('yes', 'no', 'unknown'))
);

create function count_once.postcode_digest(postcode text) returns bytea
  language sql immutable strict parallel safe
  return substr(sha256(convert_to(postcode, 'UTF8')), 1, 8);

-- Whether folding leaves nothing in any of the cells; names drop what the table does not list. A role is no cell here: it is
-- mostly a constant of the view.
create function count_once.are_blank(names text[], cells text[]) returns boolean
  language sql stable parallel safe
begin atomic
  select not exists (select from unnest(names) as n (cell) where count_once.fold(n.cell, 'name') is distinct from '')
    and not exists (select from unnest(cells) as c (cell) where count_once.fold(c.cell, 'value') is distinct from '');
end;

-- The columns of the standard that hashed_file reads, all of them text but where it says otherwise. `source_row` numbers
-- every row of the extract from 1. `left_out` marks a row that a person leaves out. The codes are the standard's own.
create type count_once.staged_row as (
  source_row int, left_out boolean,
  client_ref text, role text, first_name text, last_name text, date_of_birth text, gender text, nhs_number text,
  email text, mobile text, carer_email text, carer_mobile text, postcode text,
  ethnicity text, main_language text, send_or_disability text,
  referral_date date, start_date date, end_date date, referral_source text, status text, contacts int, last_contact_date date,
  carer_first_name text, carer_last_name text, carer_date_of_birth text, carer_gender text, carer_nhs_number text
);

-- One record of a hashed file, before it what became of its row, and behind it why each pseudonym is blank: both are for
-- countonce-hash --seal, which takes them off.
create type count_once.hashed_row as (
  row_status text,
  source_row int, role text, birth text, gender text, ward text, imd_decile text, in_area text,
  ethnicity text, main_language text, send_or_disability text,
  referral_date text, start_date text, end_date text, referral_source text, status text, contacts text, last_contact_date text,
  {column} text,
  pseudonym_version text, source_key_check text,
  codes text, findings text
);

-- The record of one person of a staged row; `is_carer` for the carer beside a child.
create function count_once.record_of(
  key bytea, key_check text, provider text, service text, reference_day date, live boolean, shape text,
  staged count_once.staged_row, is_carer boolean
) returns count_once.hashed_row
  language plpgsql stable parallel safe as $$
declare
  person count_once.person;
  area count_once.area;
begin
  if is_carer then
    person := count_once.person(key, provider, service, reference_day, live, 'parent',
      count_once.carer_reference(staged.client_ref), staged.carer_first_name, staged.carer_last_name,
      staged.carer_date_of_birth, staged.carer_gender, staged.carer_nhs_number, staged.carer_email, staged.carer_mobile,
      null, null, staged.postcode);
  else
    person := count_once.person(key, provider, service, reference_day, live,
      case when shape = 'child-and-carer' then 'child' else coalesce(staged.role, '') end,
      staged.client_ref, staged.first_name, staged.last_name, staged.date_of_birth, staged.gender, staged.nhs_number,
      staged.email, staged.mobile, staged.carer_email, staged.carer_mobile, staged.postcode);
  end if;
  if (person.postcode).code = '' then
    select a.* into area from count_once.area as a
    where a.postcode_digest = count_once.postcode_digest((person.postcode).value);
  end if;
  return row(
    'accepted', staged.source_row, person.role, person.birth, person.gender,
    coalesce(area.ward, ''), coalesce(area.imd_decile::text, ''), coalesce(area.in_area, 'unknown'),
    -- A row's ethnicity and disability are the child's.
    case when is_carer then '' else coalesce(staged.ethnicity, '') end,
    coalesce(staged.main_language, ''),
    case when is_carer then 'unknown' else coalesce(nullif(staged.send_or_disability, ''), 'unknown') end,
    coalesce(to_char(staged.referral_date, 'YYYY-MM-DD'), ''), coalesce(to_char(staged.start_date, 'YYYY-MM-DD'), ''),
    coalesce(to_char(staged.end_date, 'YYYY-MM-DD'), ''), coalesce(staged.referral_source, ''), coalesce(staged.status, ''),
    coalesce(staged.contacts::text, ''), coalesce(to_char(staged.last_contact_date, 'YYYY-MM-DD'), ''),
    coalesce(encode(person.{column}, 'hex'), ''),
    '2', key_check,
    array_to_string(person.codes, '|'), array_to_string(person.findings, '|')
  )::count_once.hashed_row;
end
$$;

-- The records of all rows of count_once.staging, a view that the database's owner makes (see the end of this script), in their
-- order. It raises before it makes anything when the key is weak, a code is none, a birth column is month first or a vector
-- fails.
create function count_once.hashed_file(
  key bytea, provider text, service text, quarter text, live boolean, shape text default 'person'
) returns setof count_once.hashed_row
  -- A date of the view becomes yyyy-mm-dd, whatever the session writes dates as.
  language plpgsql set datestyle = 'ISO, YMD' as $$
declare
  refused constant text := count_once.refuse_key(key);
  reference_day constant date := count_once.reference_day(quarter);
  key_check constant text := count_once.key_check_value(key);
  staged count_once.staged_row;
  record count_once.hashed_row;
begin
  if refused is not null then raise exception 'the key is refused: %', refused using errcode = 'invalid_parameter_value'; end if;
  if provider !~ '^[a-z0-9-]{1,64}$' or service !~ '^[a-z0-9-]{1,64}$' or provider is null or service is null then
    raise exception 'not a code of a provider and a service' using errcode = 'invalid_parameter_value';
  end if;
  if live is null or shape is null or shape not in ('person', 'child-and-carer') then
    raise exception 'live is true or false, the shape person or child-and-carer' using errcode = 'invalid_parameter_value';
  end if;
  if (select count(*) <> count(distinct s.source_row) or min(s.source_row) < 1 from count_once.staging as s) then
    raise exception 'source_row numbers every row from 1, each once' using errcode = 'invalid_parameter_value';
  end if;
  if count_once.is_month_first(array(select s.date_of_birth::text from count_once.staging as s))
    or shape = 'child-and-carer'
    and count_once.is_month_first(array(select s.carer_date_of_birth::text from count_once.staging as s))
  then
    raise exception 'birth-month-first: a column of birth dates is written month first; give it as dates, not as text'
      using errcode = 'data_exception';
  end if;
  call count_once.self_test();
  raise notice 'key check value %', key_check;
  for staged in
    select s.source_row, s.left_out, s.client_ref, s.role, s.first_name, s.last_name, s.date_of_birth, s.gender, s.nhs_number,
      s.email, s.mobile, s.carer_email, s.carer_mobile, s.postcode, s.ethnicity, s.main_language, s.send_or_disability,
      s.referral_date, s.start_date, s.end_date, s.referral_source, s.status, s.contacts, s.last_contact_date,
      s.carer_first_name, s.carer_last_name, s.carer_date_of_birth, s.carer_gender, s.carer_nhs_number
    from count_once.staging as s order by s.source_row
  loop
    if count_once.are_blank(
      array[staged.first_name, staged.last_name, staged.carer_first_name, staged.carer_last_name],
      array[staged.client_ref, staged.date_of_birth, staged.gender, staged.nhs_number, staged.email, staged.mobile,
        staged.carer_email, staged.carer_mobile, staged.postcode, staged.ethnicity, staged.main_language,
        staged.send_or_disability, staged.referral_date::text, staged.start_date::text, staged.end_date::text,
        staged.referral_source, staged.status, staged.contacts::text, staged.last_contact_date::text,
        staged.carer_date_of_birth, staged.carer_gender, staged.carer_nhs_number])
    then
      record := null;
      record.row_status := 'blank';
      record.source_row := staged.source_row;
      return next record;
    elsif staged.left_out then
      record := null;
      record.row_status := 'rejected';
      record.source_row := staged.source_row;
      return next record;
    else
      return next count_once.record_of(key, key_check, provider, service, reference_day, live, shape, staged, false);
      if shape = 'child-and-carer' and not count_once.are_blank(
        array[staged.carer_first_name, staged.carer_last_name],
        array[staged.carer_date_of_birth, staged.carer_gender, staged.carer_nhs_number, staged.carer_email, staged.carer_mobile])
      then
        return next count_once.record_of(key, key_check, provider, service, reference_day, live, shape, staged, true);
      end if;
    end if;
  end loop;
end
$$;

/*
AN EXAMPLE, to be changed where your own columns are named. First the view: columns that you lack are null.

create view count_once.staging as
select
  row_number() over (order by p.patient_id)::int as source_row, false as left_out,
  p.patient_id::text as client_ref, 'child'::text as role, p.forename::text as first_name, p.surname::text as last_name,
  p.birth_date::text as date_of_birth, p.sex::text as gender, p.nhs_number::text as nhs_number,
  null::text as email, null::text as mobile, p.mother_email::text as carer_email, p.mother_mobile::text as carer_mobile,
  p.postcode::text as postcode, p.ethnic_category::text as ethnicity, null::text as main_language,
  null::text as send_or_disability, p.referred_on::date as referral_date, p.first_seen_on::date as start_date,
  p.discharged_on::date as end_date, null::text as referral_source, null::text as status, p.contacts::int as contacts,
  p.last_seen_on::date as last_contact_date,
  null::text as carer_first_name, null::text as carer_last_name, null::text as carer_date_of_birth,
  null::text as carer_gender, null::text as carer_nhs_number
from maternity.patients as p;

Then in psql, so that the key is in no statement, no log and no history (docs/hashing-in-sql.md says where source.hex comes from):

create temporary table source_key (hex text);
\copy source_key from 'source.hex'
create temporary view work as select h.* from source_key as k cross join lateral
  count_once.hashed_file(decode(trim(k.hex), 'hex'), 'trust-1', 'midwives', '2024-Q1', true) as h;
\copy (select * from work) to 'midwives-2024-Q1.work.csv' with (format csv, header)
drop table source_key cascade;
*/
