-- What needs the consent of two people: one asks, another approves, and the first uses it, once. The request says exactly what
-- for, and that is never changed: something else needs another request.
create table approval (
  id bigint generated always as identity primary key,
  reference text not null unique,
  -- What it is for: a kind of lib/server/identity/approvals, and the reference or code of a thing of that kind.
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  subject text not null check (length(subject) between 1 and 200),
  -- Whose business it is beside the programme's; null is the programme's alone.
  provider_code text references provider,
  particulars jsonb not null check (jsonb_typeof(particulars) = 'object'),
  -- Digest of kind, subject and particulars: who approves sends back what they were shown.
  bound_to bytea not null check (octet_length(bound_to) = 32),
  reason text not null check (length(reason) between 1 and 200),
  asked_by text not null references portal_user,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  outcome text check (outcome in ('approved', 'refused', 'withdrawn')),
  decided_by text references portal_user,
  decided_at timestamptz,
  used_at timestamptz,
  constraint approval_two_people check (outcome is null or (outcome = 'withdrawn') = (decided_by = asked_by)),
  constraint approval_decided_by_somebody check (
    (outcome is null) = (decided_by is null) and (outcome is null) = (decided_at is null)),
  constraint approval_in_time check (decided_at between asked_at and expires_at),
  constraint approval_used_when_approved check (used_at is null or outcome = 'approved')
);
-- What was asked about one thing, the latest first.
create index approval_subject on approval (kind, subject, id);
grant select, insert on approval to countonce_app;
grant update (outcome, decided_by, decided_at, used_at) on approval to countonce_app;

-- An outcome stands, and an approval is used once, whoever writes.
create function keep_approval_outcome() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  if old.outcome is not null and old.outcome is distinct from new.outcome then
    raise exception 'an outcome stands' using errcode = 'check_violation';
  end if;
  if old.used_at is not null and old.used_at is distinct from new.used_at then
    raise exception 'an approval is used once' using errcode = 'check_violation';
  end if;
  if (old.kind, old.subject, old.particulars, old.bound_to, old.reason, old.asked_by, old.asked_at, old.expires_at)
    is distinct from
    (new.kind, new.subject, new.particulars, new.bound_to, new.reason, new.asked_by, new.asked_at, new.expires_at) then
    raise exception 'a request is not changed' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger approval_outcome_stands before update on approval
  for each row execute function keep_approval_outcome();

alter table approval enable row level security;
alter table approval force row level security;
create policy approval_actor on approval to countonce_app
  using (provider_code = current_setting('countonce.provider', true)
    or current_setting('countonce.reach', true) = 'programme')
  with check (provider_code = current_setting('countonce.provider', true)
    or current_setting('countonce.reach', true) = 'programme');
create policy approval_worker on approval to countonce_worker using (true) with check (true);
