-- Passkeys (WebAuthn) as a second factor beside one-time codes.
create table passkey (
  id bigint generated always as identity primary key,
  user_id text not null references portal_user on delete cascade,
  -- As the authenticator calls it.
  credential_id bytea not null unique,
  -- COSE key; its private half never left the authenticator.
  public_key bytea not null,
  -- The last count of uses that it told; 0 where it counts none.
  counter bigint not null default 0,
  -- How it is reached: a hint for the browser.
  transports text[] not null default '{}',
  -- What it is, from a list: nobody types anything about it.
  kind text not null check (kind in ('computer', 'phone', 'security-key', 'password-manager', 'other')),
  made_at timestamptz not null,
  used_at timestamptz,
  -- Its count went back: there may be a copy of it, and none of them is taken any more.
  copied_at timestamptz
);
-- The passkeys of one user.
create index passkey_user on passkey (user_id);
grant select, insert, delete, update (counter, used_at, copied_at) on passkey to countonce_app;

-- Another second factor ends sessions, as every other change of how somebody proves themself does.
create function end_sessions_of_passkey_user() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  delete from portal_session where user_id = coalesce(new.user_id, old.user_id);
  delete from sign_in_step where user_id = coalesce(new.user_id, old.user_id);
  return null;
end
$$;
create trigger passkey_ends_sessions after insert or delete on passkey
  for each row execute function end_sessions_of_passkey_user();

-- What a passkey is asked to sign: once, within minutes, in one session for one act, or in one first step of signing in.
alter table portal_session
  add column challenge bytea,
  add column challenge_for text,
  add column challenge_at timestamptz,
  add constraint portal_session_challenge_is_whole check (
    (challenge is null) = (challenge_for is null) and (challenge is null) = (challenge_at is null));
alter table sign_in_step
  add column challenge bytea,
  add column challenge_at timestamptz,
  add constraint sign_in_step_challenge_is_whole check ((challenge is null) = (challenge_at is null));
