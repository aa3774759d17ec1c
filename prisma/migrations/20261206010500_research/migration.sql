-- Research: a register of projects, what each was given, and who is in it by reference, so that who is erased later can be named
-- to the project. Nobody's name stands here but the researchers'.
create table research_project (
  id bigint generated always as identity primary key,
  reference text not null unique,
  title text not null check (length(title) between 1 and 200),
  purpose text not null check (length(purpose) between 1 and 2000),
  -- Who works on it: a name and organisation each.
  people text[] not null check (cardinality(people) between 1 and 30),
  -- A code of lib/core/messages/research.
  legal_basis text not null check (legal_basis ~ '^[a-z]+(-[a-z]+)*$'),
  -- Where the data is worked on.
  environment text not null check (length(environment) between 1 and 500),
  -- The public key of that place (X25519, base64url): extracts are sealed for it.
  recipient text not null check (recipient ~ '^[A-Za-z0-9_-]{43}$'),
  ends_on date not null,
  made_by text not null references portal_user,
  made_at timestamptz not null,
  -- When the key of its pseudonyms was destroyed.
  key_destroyed_at timestamptz
);

create table research_approval (
  project_id bigint not null references research_project on delete cascade,
  number integer not null,
  -- Of which board or organisation, and on which day.
  given_by text not null check (length(given_by) between 1 and 200),
  given_on date not null,
  primary key (project_id, number)
);

create table research_extract (
  id bigint generated always as identity primary key,
  reference text not null unique,
  project_id bigint not null references research_project,
  -- Codes of lib/core/research.
  variables text[] not null check (cardinality(variables) between 1 and 8),
  cohort text not null check (cohort in ('everybody', 'children', 'adults')),
  first_quarter text not null,
  last_quarter text not null check (last_quarter >= first_quarter),
  expires_on date not null,
  asked_by text not null references portal_user,
  asked_at timestamptz not null,
  -- What was made: how many rows, how many people were left out, what it cost, and how many share what is told of the rarest.
  made_at timestamptz,
  row_count integer,
  left_out integer,
  loss double precision,
  fewest integer check (fewest >= 5),
  steps integer[] not null default '{}',
  -- SHA-256 of the sealed file, and the file until it is fetched no more.
  digest text check (digest ~ '^[0-9a-f]{64}$'),
  sealed bytea,
  -- The certificate that it was destroyed: who says so, how, and when.
  destroyed_on date,
  destroyed_by text check (length(destroyed_by) between 1 and 200),
  destroyed_how text check (destroyed_how ~ '^[a-z]+(-[a-z]+)*$'),
  certified_by text references portal_user,
  constraint research_extract_made check (num_nulls(made_at, row_count, left_out, loss, fewest, digest) in (0, 6)),
  constraint research_extract_destroyed check (num_nulls(destroyed_on, destroyed_by, destroyed_how, certified_by) in (0, 4)),
  constraint research_extract_sealed check (sealed is null or made_at is not null and destroyed_on is null)
);
-- The extracts of a project.
create index research_extract_project on research_extract (project_id);

-- Who is in an extract, by reference, until it was destroyed.
create table research_member (
  extract_id bigint not null references research_extract on delete cascade,
  reference text not null,
  primary key (extract_id, reference)
);
-- The extracts in which somebody is.
create index research_member_reference on research_member (reference);

-- Whose rows a project has to remove, by its own pseudonym.
create table research_removal (
  extract_id bigint not null references research_extract on delete cascade,
  pseudonym text not null,
  since timestamptz not null,
  primary key (extract_id, pseudonym)
);

grant select, insert on research_project, research_approval to countonce_app;
grant select, insert on research_extract to countonce_app;
grant update (destroyed_on, destroyed_by, destroyed_how, certified_by, sealed) on research_extract to countonce_app;
grant select on research_removal to countonce_app;
grant select, update on research_project to countonce_worker;
grant select on research_approval to countonce_worker;
grant select, update on research_extract to countonce_worker;
grant select, insert, delete on research_member, research_removal to countonce_worker;
grant usage, select on sequence research_project_id_seq, research_extract_id_seq to countonce_app, countonce_worker;

alter table research_project enable row level security;
alter table research_project force row level security;
create policy research_project_programme on research_project to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy research_project_worker on research_project to countonce_worker using (true) with check (true);

alter table research_approval enable row level security;
alter table research_approval force row level security;
create policy research_approval_programme on research_approval to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy research_approval_worker on research_approval to countonce_worker using (true) with check (true);

alter table research_extract enable row level security;
alter table research_extract force row level security;
create policy research_extract_programme on research_extract to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy research_extract_worker on research_extract to countonce_worker using (true) with check (true);

-- Of a worker alone.
alter table research_member enable row level security;
alter table research_member force row level security;
create policy research_member_worker on research_member to countonce_worker using (true) with check (true);

alter table research_removal enable row level security;
alter table research_removal force row level security;
create policy research_removal_programme on research_removal for select to countonce_app
  using (current_setting('countonce.reach', true) = 'programme');
create policy research_removal_worker on research_removal to countonce_worker using (true) with check (true);

-- The owner, as whom the function below runs.
create policy research_member_owner on research_member to current_user using (true) with check (true);
create policy research_removal_owner on research_removal to current_user using (true) with check (true);

-- Who is in an extract is forgotten once it was destroyed, whoever notes that.
create function forget_destroyed_extract() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from research_member where extract_id = new.id;
  delete from research_removal where extract_id = new.id;
  return null;
end
$$;
revoke all on function forget_destroyed_extract() from public;
create trigger research_extract_destroyed after update on research_extract
  for each row when (new.destroyed_on is not null and old.destroyed_on is null) execute function forget_destroyed_extract();
