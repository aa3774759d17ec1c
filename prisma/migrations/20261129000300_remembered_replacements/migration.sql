-- What a service replaced in whole columns of its last files that identify nobody, so that it is offered when the next has the same
-- fault. Neither text is here: what was found is a keyed digest, and what took its place can be opened by who has what was found.

create table remembered_replacement (
  service_code text not null references service,
  -- A field of the standard that is no identifier.
  field text not null,
  found bytea not null check (length(found) = 32),
  sealed bytea not null,
  saved_at timestamptz not null default now(),
  primary key (service_code, field, found)
);

grant select on remembered_replacement to countonce_app;

alter table remembered_replacement enable row level security;
alter table remembered_replacement force row level security;
create policy remembered_replacement_actor on remembered_replacement to countonce_app
  using (actor_reaches(service_code));
create policy remembered_replacement_worker on remembered_replacement to countonce_worker
  using (true) with check (true);
