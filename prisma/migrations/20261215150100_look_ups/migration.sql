-- Look-ups: who asked, when, for which case and for what, and what they were shown. None of it names who was looked up.
create table look_up (
  id bigint generated always as identity primary key,
  reference text not null unique,
  -- The look-up with which the act began: of a child, say, whose carers are looked up in the same act.
  act_id bigint references look_up,
  asked_by text not null references portal_user,
  asked_at timestamptz not null,
  purpose text not null,
  -- The case reference, sealed under the portal's key; and a keyed digest of it, to be found by.
  case_sealed bytea not null,
  case_digest bytea not null,
  people smallint not null check (people >= 0),
  sources smallint not null check (sources >= 0),
  available smallint not null check (available >= 0),
  -- What somebody should look at: codes of lib/core/look-up/asking/alarms.ts
  alarms text[] not null default '{}',
  told_at timestamptz,
  -- What came of it, asked afterwards.
  contact text,
  contact_at timestamptz,
  -- Drawn by lot to be checked, and what the manager said of it.
  sampled_at timestamptz,
  checked_by text references portal_user,
  checked_at timestamptz,
  verdict text check (verdict in ('in-order', 'asked', 'misuse')),
  check ((verdict is null) = (checked_by is null) and (verdict is null) = (checked_at is null))
);
-- How many somebody made lately, and theirs in a list.
create index look_up_by on look_up (asked_by, asked_at);
-- Those of a time, newest first.
create index look_up_at on look_up (asked_at);
-- Those of one case.
create index look_up_case on look_up (case_digest);
-- What goes with the first of an act.
create index look_up_act on look_up (act_id);
-- What others are to be told of.
create index look_up_alarms on look_up (id) where alarms <> '{}';

-- A pseudonym of who was looked up, sealed as the stop-list's are, so that who looked somebody up can be told; a worker's alone.
create table look_up_mark (
  look_up_id bigint not null references look_up on delete cascade,
  field text not null,
  sealed uuid not null,
  platform_keys smallint not null check (platform_keys >= 1),
  epoch smallint not null,
  primary key (look_up_id, field, sealed)
);
-- Whose look-ups there were.
create index look_up_mark_sealed on look_up_mark (sealed);

-- What was shown of a person by one source: in the closed view, and when its details were opened.
create table look_up_seen (
  look_up_id bigint not null references look_up on delete cascade,
  person smallint not null check (person >= 1),
  source text not null references service,
  shown text not null check (shown in ('records', 'none', 'no-data', 'age-not-known')),
  is_stale boolean not null default false,
  opened_at timestamptz,
  primary key (look_up_id, person, source)
);

-- What agreed with what was typed, of each person that was shown: codes, and nothing typed.
create table look_up_person (
  look_up_id bigint not null references look_up on delete cascade,
  person smallint not null check (person >= 1),
  -- Which of those found they are, as a digest under the key of the stop-list.
  person_key uuid not null,
  certainty text not null check (certainty in ('certain', 'doubtful')),
  birth text not null check (birth in ('agrees', 'differs', 'not-held', 'not-asked')),
  gender text not null check (gender in ('agrees', 'differs', 'not-held', 'not-asked')),
  address text not null check (address in ('agrees', 'differs', 'not-held', 'not-asked', 'cannot-tell')),
  primary key (look_up_id, person)
);

-- What a practitioner said was wrong with an answer, or which source they lack: codes.
create table look_up_report (
  id bigint generated always as identity primary key,
  look_up_id bigint not null references look_up on delete cascade,
  kind text not null,
  source text references service,
  reported_at timestamptz not null
);
-- What was said of a look-up.
create index look_up_report_look_up on look_up_report (look_up_id);

-- Which source somebody may open, given by name.
create table look_up_grant (
  user_id text not null references portal_user,
  source text not null references service,
  given_by text not null references portal_user,
  given_at timestamptz not null,
  primary key (user_id, source)
);

-- Who read the guidance, in which version.
create table look_up_guidance (
  user_id text not null references portal_user,
  version smallint not null check (version >= 1),
  read_at timestamptz not null,
  primary key (user_id, version)
);

grant select on look_up, look_up_seen, look_up_person, look_up_report, look_up_grant, look_up_guidance to countonce_app;
grant update (sampled_at, checked_by, checked_at, verdict, told_at) on look_up to countonce_app;
grant insert, delete on look_up_grant to countonce_app;
grant select, insert, update, delete on look_up, look_up_mark, look_up_seen, look_up_person, look_up_report, look_up_grant,
  look_up_guidance to countonce_worker;
grant usage, select on sequence look_up_id_seq, look_up_report_id_seq to countonce_worker;

do $$
declare
  each text;
begin
  foreach each in array array['look_up', 'look_up_seen', 'look_up_person', 'look_up_report', 'look_up_grant', 'look_up_guidance'] loop
    execute format('alter table %I enable row level security', each);
    execute format('alter table %I force row level security', each);
    execute format('create policy %I on %I to countonce_app using (current_setting(''countonce.reach'', true) = ''programme'')'
      || ' with check (current_setting(''countonce.reach'', true) = ''programme'')', each || '_programme', each);
    execute format('create policy %I on %I to countonce_worker using (true) with check (true)', each || '_worker', each);
    execute format('create policy %I on %I to current_user using (true) with check (true)', each || '_owner', each);
  end loop;
end
$$;
-- Of a worker alone.
alter table look_up_mark enable row level security;
alter table look_up_mark force row level security;
create policy look_up_mark_worker on look_up_mark to countonce_worker using (true) with check (true);
create policy look_up_mark_owner on look_up_mark to current_user using (true) with check (true);
