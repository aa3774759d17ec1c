-- What the portal asks of the workers and they answer at once: to read a file, to show cells of it. Both ways are sealed, and a row
-- is gone when its answer was read. Unlogged: it is in no write-ahead log, replica or archive, and a crash empties it.
create unlogged table ask (
  id uuid primary key,
  -- For the workers.
  sealed bytea not null,
  asked_at timestamptz not null default now(),
  taken_at timestamptz,
  -- For whoever asked.
  answer bytea
);

grant select, insert, delete on ask to countonce_app;

create function tell_of_ask() returns trigger language plpgsql as $$
begin
  notify countonce_asked;
  return null;
end $$;

create trigger ask_told after insert on ask for each statement execute function tell_of_ask();
