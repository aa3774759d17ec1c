-- The provider's way from a file to the figures: what was chosen at each step, so that it can be left and taken up again on
-- any machine. Headings, row numbers, counts and the provider's own code words; never a value of a row.

create table journey (
  submission_id bigint primary key references submission on delete cascade,
  -- Rises with every change: a form made from an older one is stale.
  version integer not null default 1,
  -- Why the file could not be used, for the page that says how to mend it: a code, and numbers and headings.
  refusal jsonb,
  -- The file's headings, and the rows below them.
  header jsonb not null default '[]',
  file_rows integer,
  -- How the provider said the file is to be read: encoding, separator, sheet, header row.
  reading jsonb not null default '{}',
  read_at timestamptz,
  -- How its columns are matched so far; the submission has it once its values are matched as well.
  mapping jsonb,
  matched_at timestamptz,
  valued_at timestamptz,
  -- Rows that must be mended are left out for this reason.
  leave_out_reason text check (length(leave_out_reason) between 1 and 200),
  -- The upload that took its place before it was submitted.
  superseded_by bigint references submission
);

-- Every row of a finding, so that all of them can be looked at: gaps between row numbers in a byte or more each.
create table finding_row_list (
  submission_id bigint not null references submission on delete cascade,
  code text not null,
  field text not null,
  severity text not null,
  rows bytea not null,
  primary key (submission_id, code, field, severity)
);

-- What a provider confirmed about a file, with its reason; offered again next quarter.
create table confirmation (
  submission_id bigint not null references submission on delete cascade,
  code text not null,
  field text not null,
  reason text not null check (length(reason) between 1 and 200),
  confirmed_by text not null,
  confirmed_at timestamptz not null default now(),
  primary key (submission_id, code, field)
);

-- How a checked file compares with the service's own past, in clients: with what it would take the place of, and with its
-- latest earlier quarter.
create table comparison (
  submission_id bigint not null references submission on delete cascade,
  against text not null check (against in ('standing', 'earlier')),
  other_id bigint not null references submission,
  same integer not null,
  changed integer not null,
  new integer not null,
  removed integer not null,
  primary key (submission_id, against)
);

-- Uploads begun, counted against a provider's quota whatever became of them.
create table upload_attempt (
  id bigint generated always as identity primary key,
  provider_code text not null references provider,
  at timestamptz not null,
  bytes bigint not null default 0,
  taken boolean not null default false
);
-- The uploads of one provider in the last hour and day.
create index upload_attempt_provider on upload_attempt (provider_code, at);

-- Mails that a committed change owes somebody: written with the change, sent after it, once.
create table outbox (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('submission-linked', 'submission-rejected')),
  user_id text not null references portal_user on delete cascade,
  submission_id bigint not null references submission on delete cascade,
  made_at timestamptz not null default now(),
  -- Set before it is sent: nobody else sends it meanwhile.
  claimed_at timestamptz,
  tries integer not null default 0,
  sent_at timestamptz,
  unique (submission_id, kind)
);
-- What is still to be sent.
create index outbox_unsent on outbox (made_at) where sent_at is null;

-- The result of a submission that somebody waits for is owed in the transaction that makes it: linked, or stopped after it
-- was accepted. What is sent by command has no user, and nobody is told.
create function owe_result_mail() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  insert into outbox (kind, user_id, submission_id)
  select 'submission-' || new.state, portal_user.id, new.id
    from portal_user where portal_user.id = new.received_by
  on conflict do nothing;
  return null;
end
$$;
create trigger submission_owes_result
  after update of state on submission
  for each row
  when (old.state in ('accepted', 'pseudonymised') and new.state in ('linked', 'rejected'))
  execute function owe_result_mail();

grant select, insert, update on journey, confirmation, upload_attempt to countonce_app;
grant delete on confirmation to countonce_app;
grant select on finding_row_list, comparison, outbox to countonce_app;
-- The portal knows the way out for mails: it sends what is owed.
grant update (claimed_at, tries, sent_at) on outbox to countonce_app;
-- Reference data: postcodes by digest, for reading a file.
grant select on postcode_area to countonce_app;

alter table journey enable row level security;
alter table journey force row level security;
create policy journey_actor on journey to countonce_app
  using (exists (select from submission where submission.id = submission_id))
  with check (exists (select from submission where submission.id = submission_id));
create policy journey_worker on journey to countonce_worker using (true) with check (true);

alter table finding_row_list enable row level security;
alter table finding_row_list force row level security;
create policy finding_row_list_actor on finding_row_list to countonce_app
  using (exists (select from submission where submission.id = submission_id));
create policy finding_row_list_worker on finding_row_list to countonce_worker using (true) with check (true);

alter table confirmation enable row level security;
alter table confirmation force row level security;
create policy confirmation_actor on confirmation to countonce_app
  using (exists (select from submission where submission.id = submission_id))
  with check (exists (select from submission where submission.id = submission_id));
create policy confirmation_worker on confirmation to countonce_worker using (true) with check (true);

alter table comparison enable row level security;
alter table comparison force row level security;
create policy comparison_actor on comparison to countonce_app
  using (exists (select from submission where submission.id = submission_id));
create policy comparison_worker on comparison to countonce_worker using (true) with check (true);

alter table upload_attempt enable row level security;
alter table upload_attempt force row level security;
create policy upload_attempt_actor on upload_attempt to countonce_app
  using (provider_code = current_setting('countonce.provider', true)
    or current_setting('countonce.reach', true) = 'programme')
  with check (provider_code = current_setting('countonce.provider', true)
    or current_setting('countonce.reach', true) = 'programme');
create policy upload_attempt_worker on upload_attempt to countonce_worker using (true) with check (true);

alter table outbox enable row level security;
alter table outbox force row level security;
create policy outbox_actor on outbox to countonce_app
  using (exists (select from submission where submission.id = submission_id));
create policy outbox_worker on outbox to countonce_worker using (true) with check (true);
