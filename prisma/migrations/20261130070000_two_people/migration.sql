-- Two people for everything that takes two.

-- Since when somebody has been what they are: a role given, an account let in again or an authenticator set up anew begins it
-- again, whoever changes it, and nothing else does.
alter table portal_user add column standing_since timestamptz not null default now();
update portal_user set standing_since = created_at;
create function keep_standing() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  new.standing_since := case
    when (old.role, old.provider_code, old.code_seed) is distinct from (new.role, new.provider_code, new.code_seed) then now()
    when old.disabled_at is not null and new.disabled_at is null then now()
    else old.standing_since
  end;
  return new;
end
$$;
create trigger portal_user_keeps_standing before update on portal_user
  for each row execute function keep_standing();

-- A fresh code that was given in this session, for one act; it serves a few minutes.
alter table portal_session add column proved_for text;
alter table portal_session add column proved_at timestamptz;
alter table portal_session add constraint portal_session_proved_at_a_moment check (
  (proved_for is null) = (proved_at is null));

-- Why a request was refused, and when those who may approve it were told by mail.
alter table approval add column refused_for text;
alter table approval add column told_at timestamptz;
alter table approval add constraint approval_refused_for_a_reason check ((outcome = 'refused') is true or refused_for is null);
grant update (refused_for, told_at) on approval to countonce_app;

-- Whether one of two people made the other's account, or had a part in how its owner gets in, since a moment. The audit log tells;
-- whoever asks learns this alone of it.
create function has_made_account(one text, other text, since timestamptz) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from audit_event
     where ((actor = one and subject = other) or (actor = other and subject = one)) and at > since
       and event in (
         'user.invited', 'user.enabled', 'password-link.sent', 'factor.reset', 'factor.reset-agreed', 'administrator.made',
         'administrator.restored'))
$$;
revoke all on function has_made_account(text, text, timestamptz) from public;
grant execute on function has_made_account(text, text, timestamptz) to countonce_app, countonce_worker;

-- They had ways of their own.
drop table source_export;
drop table factor_reset;
