-- What analysts and administrators look at beside releases: exact figures, doubts, explanations and the audit log. Each
-- is a role of its own that the portal takes on for one transaction, after the server function has authorised its actor.

do $$
begin
  if not exists (select from pg_roles where rolname = 'countonce_exact') then
    create role countonce_exact nologin;
  end if;
exception
  -- Another database of the same server made it at this moment.
  when duplicate_object or unique_violation then null;
end
$$;

-- The portal's role may take these on and has none of their rights until it does.
do $$
begin
  if (select rolinherit from pg_roles where rolname = 'countonce_app') then
    alter role countonce_app noinherit;
  end if;
exception
  when others then
    -- Another database of the same server does the same at this moment.
    if sqlstate <> 'XX000' then raise; end if;
end
$$;
do $$
begin
  if not pg_has_role('countonce_app', 'countonce_exact', 'member') then
    grant countonce_exact to countonce_app;
  end if;
  if not pg_has_role('countonce_app', 'countonce_audit_reader', 'member') then
    grant countonce_audit_reader to countonce_app;
  end if;
exception
  when unique_violation then null;
end
$$;

grant usage on schema public to countonce_exact, countonce_audit_reader;
grant select on
  programme, ward, strand, provider, service, submission, linkage_state,
  record, record_production, record_staging, link, link_production, link_staging,
  beneficiary, beneficiary_alias, doubt, decision, shared_contact
  to countonce_exact;
-- A look and its audit event are one transaction.
grant execute on function append_audit(text, text, text, jsonb) to countonce_exact, countonce_audit_reader;
create policy submission_exact on submission for select to countonce_exact using (true);

-- Exact figures as they were counted from one state of the links, so that they are counted once. Those of earlier states go.
create table exact_answer (
  linkage_version bigint not null,
  -- What was asked: kind, quarters and grouping, a JSON array.
  question text not null,
  answer jsonb not null,
  primary key (linkage_version, question)
);
grant select, insert, delete on exact_answer to countonce_exact;

-- Administrators add agreements; none is changed or removed.
grant insert on agreement to countonce_app;

-- The log by kind of event.
create index audit_event_event on audit_event (event, seq);

-- What an administrator asked for and a worker does, since it changes links or counts everybody: withdrawals, decisions,
-- drafts and releases. Codes, references and printed figures alone.
create table act (
  id bigint generated always as identity primary key,
  kind text not null check (kind in
    ('withdraw', 'decide', 'undo-decision', 'draft-release', 'make-release')),
  -- The submission, dataset or release it is about.
  subject text not null,
  request jsonb not null,
  asked_by text not null references portal_user,
  asked_at timestamptz not null default now(),
  stage text not null default 'waiting' check (stage in ('waiting', 'running', 'done', 'refused', 'failed')),
  begun_at timestamptz,
  ended_at timestamptz,
  -- Why it was refused, or what the last try failed of.
  code text,
  -- What a person quotes of a failure.
  reference text,
  -- What it came to: a release's reference, or the printed figures of a draft.
  result jsonb
);
-- What was last asked about one thing.
create index act_subject on act (subject, id);
grant select, insert on act to countonce_app;
