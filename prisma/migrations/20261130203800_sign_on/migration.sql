-- People of the programme sign in with the accounts that their organisation gives them (OpenID Connect).
alter table portal_user
  -- Keyed digest of the issuer and of whom it names; absent for accounts with a password alone.
  add column sign_on_subject bytea unique,
  -- A group of the register made the account: its role goes with the group.
  add column by_group boolean not null default false,
  add constraint portal_user_by_group_signs_on check (not by_group or sign_on_subject is not null),
  -- Providers have no account with the programme's organisation; administrators are made by two people.
  add constraint portal_user_staff_signs_on check (sign_on_subject is null or provider_code is null),
  add constraint portal_user_group_makes_no_administrator check (not by_group or role <> 'administrator');

-- Another account at the organisation is another way in, as another password is.
drop trigger portal_user_ends_sessions on portal_user;
create trigger portal_user_ends_sessions
  after update of role, provider_code, may_see_exact, password_hash, code_seed, disabled_at, email, sign_on_subject on portal_user
  for each row
  when ((old.role, old.provider_code, old.may_see_exact, old.password_hash, old.code_seed, old.disabled_at, old.email, old.sign_on_subject)
    is distinct from
    (new.role, new.provider_code, new.may_see_exact, new.password_hash, new.code_seed, new.disabled_at, new.email, new.sign_on_subject))
  execute function end_sessions_of_changed_user();

create or replace function keep_standing() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  new.standing_since := case
    when (old.role, old.provider_code, old.code_seed, old.sign_on_subject)
      is distinct from (new.role, new.provider_code, new.code_seed, new.sign_on_subject) then now()
    when old.disabled_at is not null and new.disabled_at is null then now()
    else old.standing_since
  end;
  return new;
end
$$;

-- Groups of the organisation and what their people are here, as the register says; the first that fits counts.
create table sign_on_group (
  place int primary key,
  -- As the organisation names it in its tokens; in Entra ID an object id.
  group_name text not null unique check (group_name <> ''),
  role text not null check (role in ('analyst', 'reviewer', 'officer', 'auditor')),
  may_see_exact boolean not null default false
);
grant select on sign_on_group to countonce_app;

-- Roles of the programme whose people may still sign in with a password where signing on is set up.
alter table programme add column password_roles text[] not null default '{}';

-- Somebody who was sent to their organisation to sign on, and has not come back: once, within minutes, and for one purpose.
create table sign_on_start (
  -- SHA-256 of the state that goes there and comes back.
  digest bytea primary key,
  purpose text not null check (purpose in ('sign-in', 'connect', 'link', 'again')),
  started_at timestamptz not null,
  expires_at timestamptz not null,
  -- The session in which it began, of somebody who connects an account or proves themself again.
  session_digest bytea references portal_session on delete cascade,
  -- The link of a mail that is followed.
  link_digest bytea references password_link on delete cascade,
  -- For which act they prove themself again.
  act text,
  -- The page to return to.
  return_to text,
  constraint sign_on_start_has_what_it_is_for check (
    (purpose in ('connect', 'again')) = (session_digest is not null)
    and (purpose = 'link') = (link_digest is not null)
    and (purpose = 'again') = (act is not null))
);
-- Those that are over, which are removed.
create index sign_on_start_expires on sign_on_start (expires_at);
-- Those of one session or link, which end with it.
create index sign_on_start_session on sign_on_start (session_digest);
create index sign_on_start_link on sign_on_start (link_digest);
grant select, insert, delete on sign_on_start to countonce_app;
grant delete, select (expires_at) on sign_on_start to countonce_worker;
