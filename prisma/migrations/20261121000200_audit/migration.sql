-- Who did what, when: a chain in which each entry's hash covers the one before it, so that an edit, a deletion, an
-- insertion or a change of order shows. It holds no personal value and no pseudonym.

create table audit_event (
  -- Without gaps, from 1.
  seq bigint primary key,
  at timestamptz not null,
  -- The reference of a user, or of a part of the portal: never a name or an address.
  actor text not null,
  -- Past tense: submission.accepted.
  event text not null check (event ~ '^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$'),
  -- The reference of what it was done to; empty for the portal as a whole.
  subject text not null,
  detail jsonb not null check (jsonb_typeof(detail) = 'object'),
  previous_hash bytea not null check (octet_length(previous_hash) = 32),
  hash bytea not null check (octet_length(hash) = 32)
);
-- The history of one submission, beneficiary or user.
create index audit_event_subject on audit_event (subject, seq);
-- The log by time.
create index audit_event_at on audit_event (at);

-- The end of the chain, one row. Its lock is what makes writers queue; it also tells that a tail was cut off.
create table audit_head (
  single boolean primary key default true check (single),
  seq bigint not null,
  hash bytea not null check (octet_length(hash) = 32)
);
insert into audit_head (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

-- A text as a netstring, "5:hello,": side by side they cannot be read in two ways.
create function audit_netstring(value text) returns bytea
  language sql immutable strict parallel safe
  set search_path = pg_catalog
  return convert_to(octet_length(convert_to(value, 'UTF8'))::text || ':' || value || ',', 'UTF8');

-- A line stays a line, and shows as what it is: control characters, line and paragraph separators and the marks that turn
-- the direction of writing become U+FFFD.
create function audit_one_line(value text) returns text
  language sql immutable strict parallel safe
  set search_path = pg_catalog
  return regexp_replace(
    value, '[\u0001-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]', U&'\FFFD', 'g');

-- The same inside the text of a JSON document, where JSON writes control characters as escapes: an escape counts when an
-- even number of backslashes stands before it.
create function audit_one_line_json(value jsonb) returns jsonb
  language sql immutable strict parallel safe
  set search_path = pg_catalog, public
  return audit_one_line(regexp_replace(
    value::text, '(?<!\\)((?:\\\\)*)\\(?:[bfnrt]|u00[01][0-9a-fA-F]|u007[fF])', U&'\\1\FFFD', 'g'))::jsonb;

-- Appends one entry and returns its number. Call it as the last statement before the commit: from here to the commit
-- everybody else who appends waits. What cannot be written raises, and takes the transaction with it.
create function append_audit(actor text, event text, subject text, detail jsonb) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, public
as $$
declare
  head audit_head%rowtype;
  entry audit_event%rowtype;
begin
  entry.actor := audit_one_line(append_audit.actor);
  entry.event := append_audit.event;
  entry.subject := audit_one_line(append_audit.subject);
  entry.detail := audit_one_line_json(append_audit.detail);
  if length(entry.actor) > 200 or length(entry.subject) > 200 or length(entry.detail::text) > 8000 then
    raise exception 'audit entry too long' using errcode = 'check_violation';
  end if;

  -- The lock: whoever waits here sees the head that the one before left.
  select * into strict head from audit_head for update;
  entry.seq := head.seq + 1;
  entry.at := clock_timestamp();
  entry.previous_hash := head.hash;
  entry.hash := sha256(
    audit_netstring(encode(entry.previous_hash, 'hex'))
    || audit_netstring(entry.seq::text)
    || audit_netstring(to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    || audit_netstring(entry.actor)
    || audit_netstring(entry.event)
    || audit_netstring(entry.subject)
    || audit_netstring(entry.detail::text));
  insert into audit_event values (entry.*);
  update audit_head set seq = entry.seq, hash = entry.hash;
  return entry.seq;
end
$$;

-- Nobody edits the log by mistake, its owner included; a superuser who removes this trigger is what the chain is for.
create function audit_refuse_change() returns trigger
  language plpgsql
  set search_path = pg_catalog
as $$
begin
  raise exception 'the audit log is only ever appended to' using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_event_only_appended
  before update or delete or truncate on audit_event
  for each statement execute function audit_refuse_change();

-- What the portal's own connection may do is call append_audit; who reads the log is a role of its own.
do $$
begin
  if not exists (select from pg_roles where rolname = 'countonce_app') then
    create role countonce_app nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'countonce_audit_reader') then
    create role countonce_audit_reader nologin;
  end if;
exception
  -- Another database of the same server made them at this moment.
  when duplicate_object or unique_violation then null;
end
$$;
revoke all on audit_event, audit_head from public;
revoke all on function append_audit(text, text, text, jsonb) from public;
grant execute on function append_audit(text, text, text, jsonb) to countonce_app;
grant select on audit_event, audit_head to countonce_audit_reader;
