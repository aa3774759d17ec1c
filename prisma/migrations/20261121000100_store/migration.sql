-- The programme's register: what is counted, by whom it is delivered, and under what agreement.

create table programme (
  code text primary key,
  name text not null,
  live boolean not null,
  years_from date not null,
  years_to date not null,
  policy text not null default 'cautious',
  own_contact_limit smallint not null default 4,
  carer_contact_limit smallint not null default 12
);
-- One store serves one programme.
create unique index programme_single on programme ((true));

create table ward (code text primary key, name text not null);
create table strand (code text primary key, name text not null);
create table provider (code text primary key, name text not null);

create table service (
  code text primary key,
  name text not null,
  strand_code text not null references strand,
  provider_code text not null references provider,
  -- Whether a person is reached by an attended contact, or by being enrolled and active.
  reached_by text not null default 'contacts' check (reached_by in ('contacts', 'active-enrolment'))
);
-- The services of one provider.
create index service_provider on service (provider_code);

-- No current agreement, no processing.
create table agreement (
  id bigint generated always as identity primary key,
  service_code text not null references service,
  valid_from date not null,
  valid_to date,
  demonstration boolean not null default false
);
create index agreement_service on agreement (service_code);

-- Postcodes by digest, so that no postcode stands in a dump: reference data, not personal.
create table postcode_area (
  digest bigint primary key,
  ward_code text not null,
  imd_decile smallint,
  in_area text not null check (in_area in ('yes', 'no', 'unknown'))
);

-- Only production counts; staging is scrubbed in one act.
create type dataset as enum ('production', 'staging');

-- A file sent once for one service and quarter.
create table submission (
  id bigint generated always as identity primary key,
  reference text not null unique,
  dataset dataset not null,
  service_code text not null references service,
  quarter text not null check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
  state text not null check (state in
    ('received', 'mapped', 'checked', 'accepted', 'pseudonymised', 'linked', 'rejected', 'withdrawn')),
  -- Keyed digest of the bytes: the same bytes twice are one submission; it says nothing without the key.
  file_digest bytea not null,
  file_bytes bigint not null,
  -- The encrypted file, while it exists.
  file_id text,
  -- The epoch of the source key that the records were made under.
  epoch smallint not null default 1,
  mapping jsonb,
  receipt jsonb,
  -- Rows in the file: read = accepted + rejected + blank.
  rows_read integer,
  rows_accepted integer,
  rows_rejected integer,
  rows_blank integer,
  records integer,
  family_ties integer,
  linkability jsonb,
  leave_out boolean not null default false,
  -- How its people are counted as reached; active enrolment when the service is set so, or its file has no contacts and the provider confirmed.
  counting text not null default 'contacts' check (counting in ('contacts', 'active-enrolment')),
  -- Why it was rejected or withdrawn: a code of the catalogue.
  reason text,
  -- The submission of the same service and quarter that this one takes the place of.
  replaces_id bigint references submission,
  received_at timestamptz not null default now(),
  received_by text not null,
  constraint rows_add_up check (rows_read is null or rows_read = rows_accepted + rows_rejected + rows_blank)
);
-- The current submission of a service and quarter, and the history behind it.
create index submission_service_quarter on submission (dataset, service_code, quarter);
-- One linked submission a dataset, service and quarter: a second is an explicit replacement.
create unique index submission_single on submission (dataset, service_code, quarter) where state = 'linked';
-- The same bytes twice are one submission.
create unique index submission_same_bytes on submission (dataset, service_code, quarter, file_digest)
  where state not in ('rejected', 'withdrawn');

create table finding_count (
  submission_id bigint not null references submission on delete cascade,
  code text not null,
  field text not null,
  severity text not null check (severity in ('file', 'must-fix', 'confirm', 'note')),
  rows integer not null,
  primary key (submission_id, code, field, severity)
);

-- A service's last mapping, so that it is offered again.
create table service_mapping (
  service_code text primary key references service,
  mapping jsonb not null,
  header jsonb not null,
  saved_at timestamptz not null default now()
);

-- One person as one row of a submission describes them: evidence, never edited. No identifier is kept.
create table record (
  id bigint not null,
  submission_id bigint not null,
  dataset dataset not null,
  source_row integer not null,
  role text not null,
  birth text,
  gender text not null,
  ward text,
  imd_decile smallint,
  in_area text not null,
  ethnicity text,
  main_language text,
  send_or_disability text not null,
  referral_date date,
  start_date date,
  end_date date,
  referral_source text,
  status text,
  contacts integer,
  last_contact_date date,
  nhs_number_pseudonym uuid,
  child_pseudonym uuid,
  child_mobile_pseudonym uuid,
  email_pseudonym uuid,
  carer_email_pseudonym uuid,
  mobile_pseudonym uuid,
  carer_mobile_pseudonym uuid,
  name_birth_pseudonym uuid,
  birth_postcode_pseudonym uuid,
  name_postcode_pseudonym uuid,
  given_birth_postcode_pseudonym uuid,
  client_pseudonym uuid
) partition by list (dataset);
create table record_production partition of record (primary key (id)) for values in ('production');
create table record_staging partition of record (primary key (id)) for values in ('staging');
-- A bulk load copies straight into a partition.
alter table record_production alter dataset set default 'production';
alter table record_staging alter dataset set default 'staging';
-- The records of one submission.
create index record_submission on record (submission_id);
create sequence record_id;

-- Ids for some records that follow one another without a gap: the records of one row stand side by side.
create function reserve_record_ids(wanted bigint) returns bigint language plpgsql as $$
declare
  first bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('countonce.record-ids', 0));
  first := nextval('record_id');
  perform setval('record_id', first + wanted - 1);
  return first;
end
$$;

-- Which records carry a pseudonym: how an arriving record finds those it may touch. Shared contacts included.
create table evidence (
  value uuid not null,
  record_id bigint not null,
  dataset dataset not null
) partition by list (dataset);
create table evidence_production partition of evidence for values in ('production');
create table evidence_staging partition of evidence for values in ('staging');
-- Of each partition, as those of link.
create index evidence_production_value on evidence_production (value);
create index evidence_staging_value on evidence_staging (value);

-- Contacts carried by more people than the programme allows: no evidence anywhere.
create table shared_contact (
  dataset dataset not null,
  value uuid not null,
  primary key (dataset, value)
);

-- The person, known by a reference alone.
create table beneficiary (
  id bigint not null,
  dataset dataset not null,
  reference text not null
) partition by list (dataset);
create table beneficiary_production partition of beneficiary (primary key (id)) for values in ('production');
create table beneficiary_staging partition of beneficiary (primary key (id)) for values in ('staging');
alter table beneficiary_production alter dataset set default 'production';
alter table beneficiary_staging alter dataset set default 'staging';
-- Of each partition, as those of link.
create unique index beneficiary_production_reference on beneficiary_production (reference);
create unique index beneficiary_staging_reference on beneficiary_staging (reference);

-- References of beneficiaries that were merged into another: they still resolve.
create table beneficiary_alias (
  dataset dataset not null,
  reference text not null,
  beneficiary_id bigint not null,
  primary key (dataset, reference)
);
-- The aliases of one beneficiary.
create index beneficiary_alias_beneficiary on beneficiary_alias (dataset, beneficiary_id);

-- Whose record it is, and the classes that figures and their bounds are counted from. A record without a link is in no figure.
-- part, upper, lower, family and nhs are named by the least record id in them.
create table link (
  record_id bigint not null,
  part_id bigint not null,
  beneficiary_id bigint not null,
  upper_id bigint not null,
  lower_id bigint not null,
  family_id bigint,
  -- The NHS number it counts with in the lower bound; null when blank or said to be wrong.
  nhs_id bigint,
  dataset dataset not null
) partition by list (dataset);
create table link_production partition of link (primary key (record_id)) for values in ('production');
create table link_staging partition of link (primary key (record_id)) for values in ('staging');
alter table link_production alter dataset set default 'production';
alter table link_staging alter dataset set default 'staging';
-- The records that must be decided together, and those of one beneficiary. Of each partition, because a bulk load takes
-- them away and builds them again after it.
create index link_production_part on link_production (part_id);
create index link_staging_part on link_staging (part_id);
create index link_production_beneficiary on link_production (beneficiary_id);
create index link_staging_beneficiary on link_staging (beneficiary_id);

-- Conflicts and near matches: what evidence brought together and a veto or guard kept apart. Recomputed with its part.
create table doubt (
  dataset dataset not null,
  part_id bigint not null,
  kind text not null check (kind in ('conflict', 'near-match')),
  code text not null,
  rule text,
  -- Record ids of each side: [[…], […]].
  sides jsonb not null
);
create index doubt_part on doubt (dataset, part_id);

-- A reviewer's decision, between client pseudonyms, so that it outlives a replaced file and a re-link.
create table decision (
  id bigint generated always as identity primary key,
  dataset dataset not null,
  kind text not null check (kind in ('same', 'different', 'nhs-wrong')),
  left_client uuid not null,
  left_birth text not null,
  left_gender text not null,
  left_name_birth uuid,
  right_client uuid,
  right_birth text,
  right_gender text,
  right_name_birth uuid,
  nhs_number uuid,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by text
);
create index decision_left on decision (dataset, left_client) where undone_at is null;
create index decision_right on decision (dataset, right_client) where undone_at is null;

-- What the figures of a dataset were made from.
create table linkage_state (
  dataset dataset primary key,
  policy text not null,
  -- Rises by one with every change of links.
  version bigint not null default 0,
  platform_key_check text,
  changed_at timestamptz not null default now()
);
insert into linkage_state (dataset, policy) values ('production', 'cautious'), ('staging', 'cautious');
