-- Who may use the portal, how they prove it, and which rows each of them reaches.

create table portal_user (
  -- Random and short, so that the audit log names a person without naming them.
  id text primary key check (id ~ '^U-[0-9A-Z]{8}$'),
  email text not null unique check (email = lower(email)),
  name text not null,
  role text not null check (role in ('provider', 'analyst', 'administrator')),
  provider_code text references provider,
  -- Exact figures beside the released ones, every look audited.
  may_see_exact boolean not null default false,
  -- argon2id in PHC form; absent until the user has followed the link.
  password_hash text check (password_hash like '$argon2id$%'),
  -- The seed of one-time codes, AES-256-GCM under the portal's key; absent until enrolled.
  code_seed bytea,
  -- The last time-step accepted: a code passes once.
  code_step bigint not null default 0,
  -- Made for the demonstration: the sign-in page of a programme that is not live shows its code.
  demonstration boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null default now(),
  constraint provider_has_organisation check ((role = 'provider') = (provider_code is not null))
);
-- The users of one provider.
create index portal_user_provider on portal_user (provider_code);

-- Ways back in without the authenticator, each once: SHA-256 of 80 random bits and the user's id.
create table recovery_code (
  user_id text not null references portal_user on delete cascade,
  digest bytea not null,
  used_at timestamptz,
  primary key (user_id, digest)
);

-- Links by which a user sets a password, each once: SHA-256 of 256 random bits.
create table password_link (
  digest bytea primary key,
  user_id text not null references portal_user on delete cascade,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index password_link_user on password_link (user_id);

-- Tries to sign in that were counted against an account or an address, named by keyed digest.
create table sign_in_attempt (
  id bigint generated always as identity primary key,
  subject bytea not null,
  at timestamptz not null
);
-- The tries of the last minutes, for one subject.
create index sign_in_attempt_subject on sign_in_attempt (subject, at);

-- A right password, waiting for its one-time code. It opens the next page of sign-in and nothing else.
create table sign_in_step (
  digest bytea primary key,
  user_id text not null references portal_user on delete cascade,
  expires_at timestamptz not null,
  -- The seed offered to a user who has none yet, sealed; it becomes theirs with the first right code.
  offered_seed bytea
);
create index sign_in_step_user on sign_in_step (user_id);

-- Somebody who is signed in. The row is the session: without it the cookie says nothing.
create table portal_session (
  digest bytea primary key,
  user_id text not null references portal_user on delete cascade,
  started_at timestamptz not null,
  seen_at timestamptz not null
);
create index portal_session_user on portal_session (user_id);

-- A second factor is reset by two administrators: one asks, another agrees.
create table factor_reset (
  user_id text primary key references portal_user on delete cascade,
  asked_by text not null references portal_user,
  asked_at timestamptz not null
);

-- Whatever decides who somebody is or what they may do ends their sessions, whoever changes it and however.
create function end_sessions_of_changed_user() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  delete from portal_session where user_id = new.id;
  delete from sign_in_step where user_id = new.id;
  return null;
end
$$;
create trigger portal_user_ends_sessions
  after update of role, provider_code, may_see_exact, password_hash, code_seed, disabled_at, email on portal_user
  for each row
  when ((old.role, old.provider_code, old.may_see_exact, old.password_hash, old.code_seed, old.disabled_at, old.email)
    is distinct from
    (new.role, new.provider_code, new.may_see_exact, new.password_hash, new.code_seed, new.disabled_at, new.email))
  execute function end_sessions_of_changed_user();

-- Two roles: the portal's own connection, bound by the policies below, and whoever runs ingest, linkage and migrations.
do $$
begin
  if not exists (select from pg_roles where rolname = 'countonce_app') then
    create role countonce_app nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'countonce_worker') then
    create role countonce_worker nologin;
  end if;
exception
  -- Another database of the same server made them at this moment.
  when duplicate_object or unique_violation then null;
end
$$;
-- The owner is bound by FORCE unless it is a superuser: as a worker it reads and writes what it always did.
do $$
begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant countonce_worker to %I', current_user);
  end if;
end
$$;

grant usage on schema public to countonce_app;
grant select on programme, ward, strand, provider, service, agreement, linkage_state to countonce_app;
grant select, insert, update on portal_user to countonce_app;
grant select, insert, update, delete
  on recovery_code, password_link, sign_in_attempt, sign_in_step, portal_session, factor_reset to countonce_app;
grant select, insert, update on submission, finding_count, service_mapping to countonce_app;

-- Whether the actor of this transaction reaches a service's rows. Without an actor: none. 'programme' reaches all;
-- a provider reaches its own. Set by withActor for one transaction, so that a pooled connection carries nobody over.
create function actor_reaches(service_code text) returns boolean
  language sql stable parallel safe
  set search_path = pg_catalog, public
as $$
  select case current_setting('countonce.reach', true)
    when 'programme' then true
    when 'provider' then exists (
      select from service
       where service.code = actor_reaches.service_code
         and service.provider_code = current_setting('countonce.provider', true))
    else false
  end
$$;

alter table submission enable row level security;
alter table submission force row level security;
create policy submission_actor on submission to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy submission_worker on submission to countonce_worker using (true) with check (true);

alter table finding_count enable row level security;
alter table finding_count force row level security;
create policy finding_count_actor on finding_count to countonce_app
  using (exists (select from submission where submission.id = submission_id))
  with check (exists (select from submission where submission.id = submission_id));
create policy finding_count_worker on finding_count to countonce_worker using (true) with check (true);

alter table service_mapping enable row level security;
alter table service_mapping force row level security;
create policy service_mapping_actor on service_mapping to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy service_mapping_worker on service_mapping to countonce_worker using (true) with check (true);
