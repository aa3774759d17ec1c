-- What an administrator confirms before the first real file, and again later: that people hold the keys, that a backup was restored,
-- that mail arrives, where the notice is published. Each is a line that stays; the last of a kind counts.
create table confirmed_check (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('keys-held', 'backup-tested', 'mail-proven', 'privacy-notice')),
  confirmed_by text not null references portal_user,
  confirmed_at timestamptz not null,
  -- Who holds the keys and which they are; a day; an address.
  detail jsonb not null
);
-- The last of a kind.
create index confirmed_check_kind on confirmed_check (kind, id);
grant select, insert on confirmed_check to countonce_app;
