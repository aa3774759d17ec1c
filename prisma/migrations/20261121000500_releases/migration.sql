-- Figures that may leave: frozen, versioned tables of printed values. An exact count stands in none of them.

create table release (
  id bigint generated always as identity primary key,
  -- Of profile, last quarter and version: REL-2024-Q3-2, PUB-2024-Q3-1.
  reference text not null unique,
  profile text not null check (profile in ('programme', 'public')),
  -- Every quarter from the first to the last is in it; it is the release of the last.
  first_quarter text not null check (first_quarter ~ '^[0-9]{4}-Q[1-4]$'),
  last_quarter text not null check (last_quarter ~ '^[0-9]{4}-Q[1-4]$'),
  -- Counts from 1 within a profile and last quarter; pages read the latest.
  version integer not null check (version >= 1),
  made_at timestamptz not null,
  -- The reference of a user, or the operator: never a name.
  made_by text not null,
  -- Threshold, rounding and age bands as they were then.
  settings jsonb not null check (jsonb_typeof(settings) = 'object'),
  -- What the figures were counted from.
  linkage_version bigint not null,
  linkage_policy text not null,
  key_check text,
  program_version text not null,
  -- Which services had sent a file for which quarter: where nothing was sent there is no figure, rather than nobody.
  coverage jsonb not null check (jsonb_typeof(coverage) = 'object'),
  -- The lists that the cells run over, so that a cell that is not stored is known to be 0.
  strands text[] not null,
  services text[] not null,
  -- The strand of each service, in the same order.
  service_strands text[] not null check (cardinality(service_strands) = cardinality(services)),
  wards text[] not null,
  -- SHA-256 of the release's text: docs/releases.md.
  digest bytea not null check (octet_length(digest) = 32),
  check (first_quarter <= last_quarter),
  unique (profile, last_quarter, version)
);

-- One printed value. What is 0 is not stored: a cell of the release's lists that is missing prints 0.
create table release_cell (
  release_id bigint not null references release,
  quarter text not null,
  -- The quarter alone, the year to its end, or everything to its end.
  span text not null check (span in ('quarter', 'year', 'start')),
  scope text not null check (scope in ('all', 'strand', 'service')),
  scope_code text not null default '',
  place text not null check (place in ('everywhere', 'area', 'outside', 'unknown', 'area-unknown', 'ward')),
  place_code text not null default '',
  -- A one-way breakdown, which is of all services everywhere.
  attribute text not null default '' check (attribute in ('', 'age-band', 'gender', 'ethnicity')),
  attribute_value text not null default '',
  measure text not null check (measure in
    ('people', 'children', 'adults', 'families', 'lower', 'upper', 'doubtful', 'new', 'returning')),
  -- Null where it is hidden.
  printed integer check (printed > 0),
  check ((scope = 'all') = (scope_code = '')),
  check ((place = 'ward') = (place_code <> '')),
  check ((attribute = '') = (attribute_value = '')),
  -- One cell has one value; and the figures of one quarter are read together.
  primary key (release_id, quarter, span, scope, scope_code, place, place_code, attribute, attribute_value, measure)
);
-- One service, strand or ward over all quarters.
create index release_cell_trend on release_cell (release_id, scope, scope_code, place, place_code, attribute);

-- A release is what it was: nobody edits one, its owner included.
create function release_refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception 'a release is frozen' using errcode = 'insufficient_privilege';
end
$$;
create trigger release_frozen
  before update or delete or truncate on release
  for each statement execute function release_refuse_change();
create trigger release_cell_frozen
  before update or delete or truncate on release_cell
  for each statement execute function release_refuse_change();

-- Nor is a cell added to one: cells come with their release, in the transaction that makes it.
create function release_refuse_addition() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if exists (
    select from (select distinct release_id from added) as of_release
    where not exists (
      select from release
      where release.id = of_release.release_id and release.xmin = pg_current_xact_id()::xid)
  ) then
    raise exception 'a release is frozen' using errcode = 'insufficient_privilege';
  end if;
  return null;
end
$$;
create trigger release_cell_complete
  after insert on release_cell
  referencing new table as added
  for each statement execute function release_refuse_addition();

-- What dashboards, pictures and downloads connect as: releases and the register, and nothing about a person.
do $$
begin
  if not exists (select from pg_roles where rolname = 'countonce_reader') then
    create role countonce_reader nologin;
  end if;
exception
  -- Another database of the same server made it at this moment.
  when duplicate_object or unique_violation then null;
end
$$;
revoke all on release, release_cell from public;
grant usage on schema public to countonce_reader;
grant select on programme, ward, strand, provider, service, release, release_cell to countonce_reader;
-- The portal takes on this role, and no other rights, while it reads figures.
do $$
begin
  grant countonce_reader to countonce_app;
exception
  -- As above: the other database's grant is this one's too.
  when unique_violation or internal_error then null;
end
$$;
