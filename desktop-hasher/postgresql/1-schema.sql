-- Everything stands in one schema of its own: `drop schema count_once cascade` takes it all away again.
do $install$
begin
  if current_setting('server_version_num')::int < 150000 then
    raise exception 'PostgreSQL 15 or later is needed';
  end if;
  -- Folding speaks of Unicode code points, and messages are UTF-8.
  if current_setting('server_encoding') <> 'UTF8' then
    raise exception 'the database must be encoded in UTF8, not in %', current_setting('server_encoding');
  end if;
end
$install$;

create schema count_once;
comment on schema count_once is 'Count Once, pseudonymisation version 2. It holds no key.';
-- Only its owner uses it until somebody is granted it.
revoke all on schema count_once from public;

-- The one thing that PostgreSQL itself lacks: HMAC. pgcrypto is a trusted extension: whoever may create a schema may install it.
create extension if not exists pgcrypto;

-- pgcrypto may stand in any schema; our name for its function finds it whatever the search path is.
do $install$
declare
  place text;
begin
  select quote_ident(n.nspname) into strict place
  from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace
  where e.extname = 'pgcrypto';
  execute format(
    'create function count_once.hmac_sha256(key bytea, message bytea) returns bytea '
    'language sql immutable strict parallel safe return %s.hmac(message, key, ''sha256'')', place);
end
$install$;

-- What a field's rules make of a cell: a component, or the code of its absence; exactly one of value and code is empty.
create type count_once.component as (value text, code text, finding text);

create function count_once.kept(value text, finding text default '') returns count_once.component
  language sql immutable parallel safe
  return row(value, '', finding)::count_once.component;

create function count_once.blank(code text) returns count_once.component
  language sql immutable parallel safe
  return row('', code, '')::count_once.component;

-- fold-v1.csv: a code point from first to last becomes the text `becomes`, or moves with its range to moved_to.
create table count_once.fold_row (
  first int primary key,
  last int not null,
  moved_to int,
  becomes text collate "C",
  check (num_nonnulls(moved_to, becomes) = 1)
);

-- names-v1.csv: a first name and the spelling that it is known by.
create table count_once.canonical_name (
  name text collate "C" primary key,
  canonical text collate "C" not null
);
