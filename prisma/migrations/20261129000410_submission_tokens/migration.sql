-- Files that a program sends: with a token of one service, which two people consented to.
alter table service add column accepts_clear boolean not null default false;

create table submission_token (
  id bigint generated always as identity primary key,
  reference text not null unique,
  service_code text not null references service,
  -- SHA-256 of the token, which has 256 random bits; the token itself was shown once.
  digest bytea not null unique check (octet_length(digest) = 32),
  approval_reference text not null unique references approval (reference),
  made_by text not null references portal_user,
  approved_by text not null references portal_user,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  last_used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text references portal_user,
  -- When both people were told that it ends soon.
  warned_at timestamptz,
  constraint submission_token_two_people check (approved_by <> made_by),
  constraint submission_token_life check (expires_at between made_at and made_at + interval '400 days'),
  constraint submission_token_revoked_by_somebody check ((revoked_at is null) = (revoked_by is null))
);
-- The tokens of one service.
create index submission_token_service on submission_token (service_code);
grant select, insert on submission_token to countonce_app;
grant update (last_used_at, revoked_at, revoked_by, warned_at) on submission_token to countonce_app;

-- What came with no token that serves, counted by the hour, so that a flood is a few lines of the audit log.
create table token_refusal (
  -- The reference of a token, or the keyed digest of a network address.
  subject text not null check (length(subject) between 1 and 100),
  hour timestamptz not null,
  refused integer not null,
  primary key (subject, hour)
);
grant select, insert, update, delete on token_refusal to countonce_app;

-- Which submissions a program sent, and what it said that they take the place of.
create table sent_by_token (
  submission_id bigint primary key references submission on delete cascade,
  token_id bigint not null references submission_token,
  replaces text,
  -- When it was submitted by itself, or left for a person to finish.
  settled_at timestamptz
);
-- What one token sent.
create index sent_by_token_token on sent_by_token (token_id);
grant select, insert on sent_by_token to countonce_app;
grant update (settled_at, replaces) on sent_by_token to countonce_app;

-- A token reaches one service of its provider.
create or replace function actor_reaches(service_code text) returns boolean
  language sql stable parallel safe
  set search_path = pg_catalog, public
as $$
  select case current_setting('countonce.reach', true)
    when 'programme' then true
    when 'provider' then exists (
      select from service
       where service.code = actor_reaches.service_code
         and service.provider_code = current_setting('countonce.provider', true)
         and coalesce(current_setting('countonce.service', true), '') in ('', service.code))
    else false
  end
$$;

alter table submission_token enable row level security;
alter table submission_token force row level security;
create policy submission_token_actor on submission_token to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy submission_token_worker on submission_token to countonce_worker using (true) with check (true);

alter table sent_by_token enable row level security;
alter table sent_by_token force row level security;
create policy sent_by_token_actor on sent_by_token to countonce_app
  using (exists (select from submission where submission.id = submission_id))
  with check (exists (select from submission where submission.id = submission_id));
create policy sent_by_token_worker on sent_by_token to countonce_worker using (true) with check (true);

-- What became of a file that a program sent concerns everybody of its service's organisation; a person's is theirs.
alter table outbox drop constraint outbox_submission_id_kind_key;
alter table outbox add constraint outbox_submission_id_kind_user_id_key unique (submission_id, kind, user_id);
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (
  kind in (
    'submission-linked', 'submission-rejected', 'submission-withdrawn', 'submission-waiting', 'submission-lapsed',
    'submission-unfinished'
  )
);
create function owe_mail(kind text, submission_id bigint) returns void
  language sql
  set search_path = pg_catalog, public
as $$
  insert into outbox (kind, user_id, submission_id)
  select owe_mail.kind, portal_user.id, s.id
    from submission s
    join service on service.code = s.service_code
    join portal_user on portal_user.id = s.received_by
      or portal_user.provider_code = service.provider_code and portal_user.disabled_at is null
        and exists (select from sent_by_token where sent_by_token.submission_id = s.id)
   where s.id = owe_mail.submission_id
  on conflict do nothing
$$;
create or replace function owe_result_mail() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  perform owe_mail('submission-' || new.state, new.id);
  return null;
end
$$;
grant insert (kind, user_id, submission_id) on outbox to countonce_app;
