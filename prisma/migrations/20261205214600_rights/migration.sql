-- What people ask about their own data, and what is done about it. Nobody's name stands here: a request knows its records alone, and what
-- was typed to find them only as marks, which are pseudonyms sealed under a key of the stop-list that is in no database.
create table rights_request (
  id bigint generated always as identity primary key,
  reference text not null unique,
  kind text not null check (kind in ('access', 'rectification', 'erasure', 'restriction', 'objection')),
  -- The day on which the person asked; the month counts from it.
  received_on date not null,
  due_on date not null check (due_on > received_on),
  -- A further time with the reason that the person was told: a code.
  extended_for text,
  -- Who asks, and where somebody else made sure who they are: codes, and the day.
  asked_by text not null check (asked_by in ('self', 'parent', 'representative')),
  identity_check text not null check (identity_check ~ '^[a-z]+(-[a-z]+)*$'),
  identity_checked_on date not null,
  opened_by text not null references portal_user,
  opened_at timestamptz not null,
  -- When records were last looked for.
  searched_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done', 'closed')),
  -- How many records it came to, and how it ended: a code.
  records integer,
  outcome text check (outcome ~ '^[a-z]+(-[a-z]+)*$'),
  done_at timestamptz,
  closed_at timestamptz,
  constraint rights_request_done check ((state = 'open') = (outcome is null))
);

-- Records that may be of the person, with why, until the request is closed.
create table rights_record (
  request_id bigint not null references rights_request on delete cascade,
  number integer not null,
  record_id bigint not null,
  dataset dataset not null,
  service_code text not null,
  quarter text not null,
  submission text not null,
  source_row integer not null,
  role text not null check (role in ('child', 'parent', 'adult')),
  certainty text not null check (certainty in ('certain', 'doubtful')),
  -- A code of lib/core/rights, and what agrees: fields of pseudonyms.
  because text not null,
  agreed text[] not null,
  picked boolean not null,
  -- It is kept apart, in no figure.
  restricted boolean not null default false,
  primary key (request_id, number)
);

-- Pseudonyms of the person, each sealed under the key of the stop-list: how they are found again in a later file.
create table rights_mark (
  request_id bigint not null references rights_request on delete cascade,
  field text not null,
  sealed uuid not null,
  -- How many platform keys made it; the later ones are put on when it is used.
  platform_keys smallint not null check (platform_keys >= 1),
  epoch smallint not null,
  primary key (request_id, field, sealed)
);

grant select, insert, update on rights_request to countonce_app;
grant select on rights_record to countonce_app;
grant update (picked) on rights_record to countonce_app;
grant select, insert, update, delete on rights_request, rights_record, rights_mark to countonce_worker;
grant usage, select on sequence rights_request_id_seq to countonce_app, countonce_worker;

alter table rights_request enable row level security;
alter table rights_request force row level security;
create policy rights_request_programme on rights_request to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy rights_request_worker on rights_request to countonce_worker using (true) with check (true);

alter table rights_record enable row level security;
alter table rights_record force row level security;
create policy rights_record_programme on rights_record to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy rights_record_worker on rights_record to countonce_worker using (true) with check (true);

-- Of a worker alone.
alter table rights_mark enable row level security;
alter table rights_mark force row level security;
create policy rights_mark_worker on rights_mark to countonce_worker using (true) with check (true);

-- The owner, as whom the function below runs.
create policy rights_record_owner on rights_record to current_user using (true) with check (true);
create policy rights_mark_owner on rights_mark to current_user using (true) with check (true);

-- What was found and typed for a request that is closed is forgotten, whoever closes it.
create function forget_closed_request() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  delete from rights_record where request_id = new.id;
  delete from rights_mark where request_id = new.id;
  return null;
end
$$;
revoke all on function forget_closed_request() from public;
create trigger rights_request_closed after update on rights_request
  for each row when (new.state = 'closed' and old.state = 'open') execute function forget_closed_request();

-- Records that are kept and not used, since their person asked for that: in no partition of records, so in no link and no figure.
create table restricted_record (
  record_id bigint primary key,
  request_id bigint not null references rights_request,
  submission_id bigint not null,
  dataset dataset not null,
  source_row integer not null,
  role text not null,
  platform_keys smallint not null check (platform_keys >= 1),
  -- The record as it was.
  kept jsonb not null
);
-- What goes with a submission that is withdrawn.
create index restricted_record_submission on restricted_record (submission_id);
grant select, insert, update, delete on restricted_record to countonce_worker;
alter table restricted_record enable row level security;
alter table restricted_record force row level security;
create policy restricted_record_worker on restricted_record to countonce_worker using (true) with check (true);

-- How many records of a file were not kept, or set apart, since their people asked for that: its provider is told the number alone.
alter table submission add column stopped integer not null default 0 check (stopped >= 0);

-- What is asked of a provider because a person says that its row is wrong comes from a request, and from no reviewer's answer.
alter table provider_question alter column decision_id drop not null;
alter table provider_question add column rights_request_id bigint references rights_request;
alter table provider_question add constraint provider_question_from check (num_nonnulls(decision_id, rights_request_id) = 1);
-- What goes with a request.
create index provider_question_rights on provider_question (rights_request_id);

-- What is erased takes with it what reviewers said of it.
grant delete on provider_question, review_sample, review_verdict to countonce_worker;
grant update on review_sample to countonce_worker;
