-- The shared measurement framework changed in the browser and put in force by the consent of two people.
-- docs/decisions/measurement-framework.md.

-- What is to become the next version: one, which administrators change until it is put in force.
create table framework_draft (
  single boolean primary key default true check (single),
  framework jsonb not null check (jsonb_typeof(framework) = 'object'),
  -- The version in force when it was begun; 0 where there was none.
  based_on integer not null check (based_on >= 0),
  -- Counts its changes, so that nobody overwrites another's unseen.
  revision integer not null check (revision >= 1),
  changed_by text not null,
  changed_at timestamptz not null
);
grant select, insert, update, delete on framework_draft to countonce_app;
alter table framework_draft enable row level security;
alter table framework_draft force row level security;
create policy framework_draft_programme on framework_draft to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy framework_draft_owner on framework_draft to current_user using (true) with check (true);

-- The request by which a version was put in force, and who approved it; neither while a programme was set up by one operator.
alter table framework_version
  add column approval text unique,
  add column approved_by text constraint framework_version_by_two check ((approval is null) = (approved_by is null));

-- What a draft says, whatever the order in which it is written: what two people agree to.
create function framework_digest(framework jsonb) returns text
  language sql immutable parallel safe
  return encode(sha256(convert_to(framework::text, 'UTF8')), 'hex');

-- What the portal puts in force is what two people agreed to.
create function demand_agreed_framework() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from public.approval
    where reference = new.approval and kind = 'framework' and outcome = 'approved' and subject = new.version::text
      and decided_by = new.approved_by and asked_by = new.made_by
      and particulars ->> 'digest' = public.framework_digest(new.framework)
  ) then
    raise exception 'two people have not agreed to this' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger framework_version_agreed before insert on framework_version
  for each row when (new.approval is not null) execute function demand_agreed_framework();

-- Anybody reads the framework. The portal adds what was agreed to; the owner, as whom an operator acts, what is set up.
grant insert on framework_version to countonce_app;
alter table framework_version enable row level security;
create policy framework_version_read on framework_version for select to countonce_app, countonce_worker, countonce_exact using (true);
create policy framework_version_agreed on framework_version for insert to countonce_app
  with check (current_setting('countonce.reach', true) = 'programme' and approval is not null);
