-- The register is changed in the browser. Each entry has a version, which a form sends back, the quarter from which it is as it is,
-- and the last quarter in which it is used. What it was before stays in register_version, so that no past quarter is rewritten.
alter table provider
  add column version integer not null default 1,
  add column valid_from text check (valid_from ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  add column closed_after text check (closed_after ~ '^(19|20|21)[0-9]{2}-Q[1-4]$');
alter table strand
  add column version integer not null default 1,
  add column valid_from text check (valid_from ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  add column closed_after text check (closed_after ~ '^(19|20|21)[0-9]{2}-Q[1-4]$');
alter table ward
  add column version integer not null default 1,
  add column valid_from text check (valid_from ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  add column closed_after text check (closed_after ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  -- The years for which the codes of the Office for National Statistics hold: {"E05000416": "2010 to 2022"}.
  add column gss_years jsonb not null default '{}' check (jsonb_typeof(gss_years) = 'object'),
  -- The ward that it was part of before valid_from: a file of an earlier quarter is counted there.
  add column split_from text references ward;
alter table service
  add column version integer not null default 1,
  add column valid_from text check (valid_from ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  add column closed_after text check (closed_after ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  -- The service that goes on with its work once it is closed.
  add column merged_into text references service,
  -- What its reminders say in its own words.
  add column reminder text not null default '' check (length(reminder) <= 300),
  add constraint service_merged_when_closed check (merged_into is null or closed_after is not null and merged_into <> code);

-- What agreements are filled in from: purposes, lawful bases and gateways.
create table list_value (
  code text primary key check (code ~ '^[a-z0-9-]{1,64}$'),
  list text not null check (list in ('purpose', 'lawful-basis', 'gateway')),
  name text not null check (length(name) between 1 and 200),
  version integer not null default 1,
  valid_from text check (valid_from ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  closed_after text check (closed_after ~ '^(19|20|21)[0-9]{2}-Q[1-4]$')
);
insert into list_value (code, list, name) values
  ('count-people', 'purpose', 'Counting how many different people the programme reached'),
  ('evaluate', 'purpose', 'Evaluating the programme'),
  ('public-task', 'lawful-basis', 'Public task: UK GDPR article 6(1)(e)'),
  ('legitimate-interests', 'lawful-basis', 'Legitimate interests: UK GDPR article 6(1)(f)'),
  ('consent', 'lawful-basis', 'Consent: UK GDPR article 6(1)(a)'),
  ('childcare-act', 'gateway', 'Childcare Act 2006, section 1'),
  ('local-government-act', 'gateway', 'Local Government Act 1972, section 111'),
  ('health-social-care-act', 'gateway', 'Health and Social Care Act 2012, section 251B'),
  ('no-gateway', 'gateway', 'None is needed');

-- A quarter that was given a deadline of its own, or was closed. One that is not here is open, and due after the usual days.
create table reporting_quarter (
  quarter text primary key check (quarter ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  deadline date not null,
  closed boolean not null default false,
  version integer not null default 1
);

-- A further time for one service and quarter, also when the quarter is closed. Of several the last given counts.
create table extension (
  id bigint generated always as identity primary key,
  service_code text not null references service,
  quarter text not null check (quarter ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  until date not null,
  reason text not null check (reason ~ '^[a-z]+(-[a-z]+)*$'),
  given_by text not null,
  given_at timestamptz not null
);
-- The last that was given for a service and quarter.
create index extension_service on extension (service_code, quarter, id);

-- Every version of an entry of the register after its first change, and the one before that.
create table register_version (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('provider', 'strand', 'ward', 'service', 'list-value', 'quarter')),
  code text not null,
  version integer not null,
  -- Null is from the beginning.
  valid_from text check (valid_from ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  -- Its facts, as texts by their names.
  entry jsonb not null check (jsonb_typeof(entry) = 'object'),
  -- A code of lib/core/messages/register/register-words.ts.
  reason text not null check (reason ~ '^[a-z]+(-[a-z]+)*$'),
  changed_by text not null,
  changed_at timestamptz not null,
  -- The versions of one entry, each once.
  unique (kind, code, version)
);

grant select on list_value, reporting_quarter, register_version to countonce_app, countonce_worker, countonce_exact;
-- What things were called, and not who said so.
grant select (kind, code, version, valid_from, entry) on register_version to countonce_reader;
grant select on extension to countonce_app, countonce_worker;
grant insert on provider, strand, ward, service, list_value, reporting_quarter, extension, register_version to countonce_app;
-- What figures are grouped by stays: a service keeps its strand and its organisation, and everything keeps its code.
grant update (name, version, valid_from, closed_after) on provider, strand, list_value to countonce_app;
grant update (name, gss_codes, gss_years, split_from, version, valid_from, closed_after) on ward to countonce_app;
grant update (name, reached_by, accepts_clear, merged_into, reminder, version, valid_from, closed_after) on service
  to countonce_app;
grant update (deadline, closed, version) on reporting_quarter to countonce_app;

-- What an entry was called in a quarter; `latest` is its name now.
create function name_in_quarter(of_kind text, of_code text, quarter text, latest text) returns text
  language sql stable parallel safe
  set search_path = pg_catalog, public
as $$
  select coalesce(
    (select entry ->> 'name' from register_version
      where kind = of_kind and code = of_code and coalesce(valid_from, '') <= quarter
      order by version desc limit 1),
    latest)
$$;

-- A provider sees its own extensions alone.
alter table extension enable row level security;
alter table extension force row level security;
create policy extension_actor on extension to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy extension_worker on extension for select to countonce_worker using (true);
