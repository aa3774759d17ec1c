-- A user sees where they are signed in, and signs out of it from elsewhere.
alter table portal_session
  -- What a page calls it by; it opens nothing.
  add column id bigint generated always as identity,
  -- Derived at sign-in: what the browser said of itself is not kept.
  add column browser text not null default 'other'
    check (browser in ('chrome', 'edge', 'firefox', 'opera', 'safari', 'samsung', 'other')),
  add column system text not null default 'other'
    check (system in ('android', 'ios', 'linux', 'mac', 'windows', 'other'));
-- One session of a list.
create unique index portal_session_id on portal_session (id);
