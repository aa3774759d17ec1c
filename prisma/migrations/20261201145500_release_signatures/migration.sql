-- Who can show that a release is the programme's own: its signature, by a key that no database holds.
create table release_signature (
  release_id bigint primary key references release (id),
  key bytea not null check (length(key) = 32),
  signature bytea not null check (length(signature) = 64),
  signed_at timestamptz not null default now()
);
create trigger release_signature_frozen
  before update or delete or truncate on release_signature
  for each statement execute function release_refuse_change();
revoke all on release_signature from public;
grant select on release_signature to countonce_reader;
grant select, insert on release_signature to countonce_worker;
