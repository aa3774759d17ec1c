-- What was hidden of a release beyond small figures, for the sake of what: the release's record, never of its print. The
-- role that reads releases does not see it.
create table release_repair (
  release_id bigint primary key references release (id),
  hidden jsonb not null,
  in_doubt integer not null,
  rounds integer not null check (rounds >= 1),
  unknowns integer not null,
  solver_calls integer not null
);
revoke all on release_repair from public;
grant select, insert on release_repair to countonce_worker;
create trigger release_repair_frozen
  before update or delete or truncate on release_repair
  for each statement execute function release_refuse_change();
