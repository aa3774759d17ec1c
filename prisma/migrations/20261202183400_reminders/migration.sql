-- A reminder that was sent, once for each service, quarter and stage.
create table reminder (
  service_code text not null references service,
  quarter text not null check (quarter ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  -- Before the deadline, on its day, or a week after.
  stage text not null check (stage in ('before', 'on', 'after')),
  sent_at timestamptz not null,
  primary key (service_code, quarter, stage)
);
grant select, insert, delete on reminder to countonce_app;
alter table reminder enable row level security;
alter table reminder force row level security;
create policy reminder_actor on reminder to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));

-- How many doubts wait for a reviewer: a number, for who may not read them.
create function count_waiting_doubts() returns integer
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select count(*)::int from doubt where dataset = 'production' and put_off is null
$$;
revoke all on function count_waiting_doubts() from public;
grant execute on function count_waiting_doubts() to countonce_app;
