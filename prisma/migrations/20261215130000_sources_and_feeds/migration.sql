-- Contracts: submission_file_kind_check and further_mapping_kind_check, which are made anew with nine kinds more; the version before
-- writes none that they refuse, and reads those of no store that has a source.
--
-- Sources of a look-up, their feeds, and who is involved with whom. docs/decisions/look-up.md.
alter table submission
  drop constraint submission_file_kind_check,
  add constraint submission_file_kind_check check (file_kind in (
    'people', 'activities', 'outcomes', 'school', 'adult-social-care', 'housing', 'police', 'childrens-social-care',
    'community-health', 'acute-care', 'primary-care', 'mental-health')),
  -- Of a feed, the day on which what it says was so.
  add column as_of date;
alter table further_mapping
  drop constraint further_mapping_kind_check,
  add constraint further_mapping_kind_check check (kind in (
    'activities', 'outcomes', 'school', 'adult-social-care', 'housing', 'police', 'childrens-social-care',
    'community-health', 'acute-care', 'primary-care', 'mental-health'));

-- What a service of a look-up is beside its entry in the register: where what practitioners are shown comes from.
create table source (
  service_code text primary key references service,
  -- Of its files: what they hold.
  kind text not null check (kind in (
    'school', 'adult-social-care', 'housing', 'police', 'childrens-social-care', 'community-health', 'acute-care',
    'primary-care', 'mental-health')),
  -- What its data cover: where, and from which day to which.
  area text not null,
  covered_from date not null,
  covered_to date,
  -- What it means that there is no record, in its own words.
  no_record text not null,
  version integer not null default 1
);

-- Which of what a source sends is shown, to whom of which age and how long: every version there ever was, the last is in force.
create table source_rules (
  service_code text not null references source,
  version integer not null check (version >= 1),
  rules jsonb not null check (jsonb_typeof(rules) = 'object'),
  made_by text not null,
  made_at timestamptz not null,
  -- The request by which it was put in force, and who approved it; neither while a programme was set up by one operator.
  approval text unique,
  approved_by text,
  primary key (service_code, version),
  constraint source_rules_by_two check ((approval is null) = (approved_by is null))
);

-- That a source is, was or is not involved with the person of a record, and whom to phone: staff of the source, never the person.
-- Like a score it names its submission alone.
create table involvement (
  record_id bigint not null,
  submission_id bigint not null,
  -- Which of the record's it is, from 0.
  place integer not null check (place >= 0),
  state text not null check (state in ('current', 'historic', 'none')),
  start_date date,
  last_date date,
  end_date date,
  staff_name text,
  staff_role text,
  staff_phone text,
  staff_email text,
  staff_team text,
  -- What its kind of source says further, by field: codes, days, and names of organisations.
  details jsonb not null default '{}' check (jsonb_typeof(details) = 'object'),
  primary key (record_id, place)
);
-- What goes with a submission.
create index involvement_submission on involvement (submission_id);

grant select on source, source_rules to countonce_app, countonce_worker;
grant select, insert, delete on involvement to countonce_worker;
