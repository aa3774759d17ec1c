-- Contracts: 20261121000100_store. submission_single and submission_same_bytes know one kind of file: the version before writes and
-- reads that kind alone, which the new indexes hold it to as the old ones did.
--
-- Files of engagement activities and of outcomes beside those of people and service use.
alter table submission
  add column file_kind text not null default 'people' check (file_kind in ('people', 'activities', 'outcomes')),
  -- Of a file of outcomes, the version of the measurement framework that its scores were read by.
  add column framework_version integer,
  -- What its rows came to beside people: counts.
  add column events jsonb,
  -- Nobody is reached by an enrolment that no file of these kinds tells of.
  add constraint submission_kind_counts check (file_kind = 'people' or counting = 'contacts');

-- One linked submission a dataset, service, quarter and kind.
create unique index submission_single_kind on submission (dataset, service_code, quarter, file_kind) where state = 'linked';
drop index submission_single;
-- The same bytes twice are one submission of a kind.
create unique index submission_same_bytes_kind on submission (dataset, service_code, quarter, file_kind, file_digest)
  where state not in ('rejected', 'withdrawn');
drop index submission_same_bytes;

-- The shared measurement framework: every version there ever was, the latest is in use. docs/decisions/measurement-framework.md.
create table framework_version (
  version integer primary key check (version >= 1),
  framework jsonb not null check (jsonb_typeof(framework) = 'object'),
  made_by text not null,
  made_at timestamptz not null
);

-- What a service held on one day, as one submission says; its reference is not kept. Like a record it names its submission alone: a
-- foreign key would hold the submission while its rows are loaded, and its state is changed beside that.
create table activity (
  submission_id bigint not null,
  -- In the order in which the file names them, from 0.
  number integer not null check (number >= 0),
  day date not null,
  type text,
  language text,
  ward text,
  -- Heads that were counted and not named.
  adults integer not null check (adults >= 0),
  children integer not null check (children >= 0),
  primary key (submission_id, number)
);

-- That the person of a record came to an activity of its submission.
create table attendance (
  record_id bigint not null,
  submission_id bigint not null,
  activity integer not null,
  primary key (record_id, activity)
);
-- What goes with a submission.
create index attendance_submission on attendance (submission_id);

-- One score of the person of a record, of an instrument of the framework, at a time point.
create table score (
  record_id bigint not null,
  submission_id bigint not null,
  instrument text not null,
  -- Empty: of the instrument as a whole.
  sub_scale text not null,
  time_point text not null check (time_point in ('baseline', 'follow_up', 'exit')),
  day date not null,
  -- The score in thousandths, so that sums are exact.
  thousandths integer not null,
  completed_by text check (completed_by in ('parent', 'practitioner', 'child')),
  primary key (record_id, instrument, sub_scale, time_point, day)
);
-- What goes with a submission.
create index score_submission on score (submission_id);

grant select on framework_version to countonce_app, countonce_worker, countonce_exact;
grant select, insert, delete on activity, attendance, score to countonce_worker;
grant select on activity, attendance, score to countonce_exact;

-- How people used services, as it is known at the end of a period: one row a person and service that any file of
-- people and service use to its end names.
-- lib/core/measures/person-use.ts says the same of records in memory; docs/measures.md says what is made of it. It reads with
-- the rights of whoever asks.
create or replace function person_use(of_dataset dataset, first_quarter text, last_quarter text)
returns table (
  beneficiary_id bigint, service text, referral_date date, start_date date, referral_source text, status text, end_date date,
  first_reached text, is_named boolean, is_reached boolean, contacts_to_date bigint, contacts bigint
) language sql stable parallel safe
begin atomic
  with counted_submission as materialized (
    select s.id, s.service_code, s.quarter, s.counting, quarter_first_day(s.quarter) as first_day,
      quarter_last_day(s.quarter) as last_day
    from submission s
    where s.dataset = of_dataset and s.file_kind = 'people' and s.state = 'linked' and s.quarter <= last_quarter
  ), used as (
    select l.beneficiary_id, s.service_code, s.quarter, r.referral_date, r.start_date, r.end_date, r.contacts,
      nullif(r.referral_source, '') as referral_source, nullif(r.status, '') as status,
      coalesce(is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day), false)
        as is_reached,
      s.quarter = max(s.quarter) over (partition by l.beneficiary_id, s.service_code) as is_last
    from counted_submission s
    join record r on r.dataset = of_dataset and r.submission_id = s.id
    join link l on l.dataset = of_dataset and l.record_id = r.id
  )
  select u.beneficiary_id, u.service_code, min(u.referral_date), min(u.start_date),
    (array_agg(u.referral_source order by u.quarter, u.referral_source collate "C")
      filter (where u.referral_source is not null))[1],
    (array['active', 'waiting', 'completed', 'left_early', 'declined'])[min(
      array_position(array['active', 'waiting', 'completed', 'left_early', 'declined'], u.status)
    ) filter (where u.is_last)],
    max(u.end_date) filter (where u.is_last),
    min(u.quarter) filter (where u.is_reached),
    bool_or(u.quarter >= first_quarter),
    bool_or(u.is_reached and u.quarter >= first_quarter),
    sum(u.contacts),
    sum(u.contacts) filter (where u.quarter >= first_quarter)
  from used u
  group by u.beneficiary_id, u.service_code;
end;

-- A file of people that somebody submits says otherwise: what was said of nobody ends with it. The other kinds say nothing of who a
-- service reached.
create or replace function end_nil_return() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if new.file_kind = 'people' then
    delete from nil_return where service_code = new.service_code and quarter = new.quarter;
  end if;
  return null;
end
$$;

-- How a service's last file of activities or of outcomes was matched, in keyed digests: service_mapping is that of people.
create table further_mapping (
  service_code text not null references service,
  kind text not null check (kind in ('activities', 'outcomes')),
  mapping jsonb not null,
  header jsonb not null,
  saved_at timestamptz not null,
  primary key (service_code, kind)
);
grant select on further_mapping to countonce_app;
grant select, insert, update, delete on further_mapping to countonce_worker;
alter table further_mapping enable row level security;
alter table further_mapping force row level security;
create policy further_mapping_actor on further_mapping to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy further_mapping_worker on further_mapping to countonce_worker using (true) with check (true);
