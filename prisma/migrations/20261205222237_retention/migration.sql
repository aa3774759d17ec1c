-- What the daily job of the schedule counted and removed, and what stops it. lib/core/retention/schedule.ts says what goes when.
create table retention_run (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  -- What was due then is what a later run removes, so that whoever reads it has a day to stop it: an object of counts by kind.
  due jsonb not null check (jsonb_typeof(due) = 'object'),
  removed jsonb not null check (jsonb_typeof(removed) = 'object')
);

-- What is kept beyond its time, with why: a code. Nobody's name stands here.
create table retention_hold (
  id bigint generated always as identity primary key,
  reference text not null unique,
  -- A kind of the schedule, or all of it.
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  reason text not null check (reason ~ '^[a-z]+(-[a-z]+)*$'),
  set_by text not null references portal_user,
  set_at timestamptz not null,
  lifted_by text references portal_user,
  lifted_at timestamptz,
  constraint retention_hold_lifted check ((lifted_by is null) = (lifted_at is null))
);

grant select on retention_run, retention_hold to countonce_app, countonce_worker;
grant insert on retention_run to countonce_worker;
grant insert on retention_hold to countonce_app;
grant update (lifted_by, lifted_at) on retention_hold to countonce_app;
grant usage, select on sequence retention_run_id_seq to countonce_worker;
grant usage, select on sequence retention_hold_id_seq to countonce_app;

alter table retention_run enable row level security;
alter table retention_run force row level security;
create policy retention_run_programme on retention_run for select to countonce_app
  using (current_setting('countonce.reach', true) = 'programme');
create policy retention_run_worker on retention_run to countonce_worker using (true) with check (true);

alter table retention_hold enable row level security;
alter table retention_hold force row level security;
create policy retention_hold_programme on retention_hold to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy retention_hold_worker on retention_hold for select to countonce_worker using (true);

-- What was asked of workers goes with the reports of linking anew that it made.
grant delete on act, relink_report, relink_reach, relink_change to countonce_worker;

-- When name, address and factors of somebody who left were forgotten.
alter table portal_user add column forgotten_at timestamptz;
grant select (forgotten_at) on portal_user to countonce_worker;

-- Forgets who somebody was that left, all but the reference under which they stand in the audit trail. A worker calls it, and
-- may change no account otherwise; of one that was closed within half a year it forgets nothing, whatever it is told.
create function forget_leavers(closed_before timestamptz) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  leaver text;
  forgotten integer := 0;
begin
  for leaver in
    select id from portal_user
    where disabled_at < least(closed_before, now() - interval '6 months') and forgotten_at is null
    for update
  loop
    delete from recovery_code where user_id = leaver;
    delete from passkey where user_id = leaver;
    delete from password_link where user_id = leaver;
    delete from failure_run where user_id = leaver;
    update portal_user set name = 'Somebody who left', email = lower(leaver) || '@left.invalid', password_hash = null,
      code_seed = null, sign_on_subject = null, by_group = false, seen_in_group_at = null, forgotten_at = now()
    where id = leaver;
    forgotten := forgotten + 1;
  end loop;
  return forgotten;
end
$$;
revoke all on function forget_leavers(timestamptz) from public;
grant execute on function forget_leavers(timestamptz) to countonce_worker;
