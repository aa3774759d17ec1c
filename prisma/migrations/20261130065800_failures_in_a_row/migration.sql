-- Strangers who guess neither lock an account's owner out nor guess without end.

-- Failures with no success between them, of an account and of each device that is known to it. At a hundred, tries of strangers
-- are looked at no more until another administrator has sent a link. Source: NIST SP 800-63B 5.2.2.
create table failure_run (
  -- Keyed digest of the account, of a device, or of somebody signed in.
  subject bytea primary key,
  user_id text not null references portal_user on delete cascade,
  kind text not null check (kind in ('account', 'device', 'signed-in')),
  failures integer not null check (failures >= 0)
);
-- Forgotten together, when the user signs in.
create index failure_run_user on failure_run (user_id);
grant select, insert, update, delete on failure_run to countonce_app;

-- Whether another administrator sent the link: setting a password by it opens an account that was closed.
alter table password_link add column by_administrator boolean not null default false;

-- The oldest tries of anybody, which are forgotten first.
create index sign_in_attempt_at on sign_in_attempt (at);
