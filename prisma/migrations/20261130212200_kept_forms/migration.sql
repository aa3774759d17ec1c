-- What somebody had typed into a form whose session was over when they sent it, for the same person in the same browser. Sealed with
-- what the session's cookie holds, which is kept nowhere; unlogged, so that no log, replica or archive has it.
create unlogged table kept_form (
  -- SHA-256 of the ticket of the session.
  digest bytea primary key,
  user_id text not null,
  sealed bytea not null check (octet_length(sealed) <= 200000),
  expires_at timestamptz not null
);
-- Those that are over, which are removed.
create index kept_form_expires on kept_form (expires_at);
grant select, insert, delete on kept_form to countonce_app;
grant delete, select (expires_at) on kept_form to countonce_worker;
