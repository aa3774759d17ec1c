-- The source key leaves the portal in a key file for trusts that hash at source: one administrator asks, another agrees, and
-- the first exports it, once. The check value names the key; nothing else of it is here.
create table source_export (
  id bigint generated always as identity primary key,
  reference text not null unique,
  epoch smallint not null,
  key_check text not null,
  asked_by text not null references portal_user,
  asked_at timestamptz not null,
  approved_by text references portal_user,
  approved_at timestamptz,
  exported_at timestamptz,
  constraint two_people check (approved_by is null or approved_by <> asked_by),
  constraint approved_by_somebody check ((approved_by is null) = (approved_at is null)),
  constraint exported_after_approval check (exported_at is null or approved_at is not null)
);
-- Administrators see what waits and agree to it on the system page; asking and exporting is the command line's.
grant select on source_export to countonce_app;
grant update (approved_by, approved_at) on source_export to countonce_app;
