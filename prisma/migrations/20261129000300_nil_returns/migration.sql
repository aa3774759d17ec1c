-- A provider may say that a service reached nobody in a quarter, so that nobody waits for a file that will not come.
create table nil_return (
  service_code text not null references service,
  quarter text not null check (quarter ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  declared_by text not null references portal_user on delete cascade,
  declared_at timestamptz not null,
  primary key (service_code, quarter)
);
-- Somebody's own, when their account goes.
create index nil_return_declared_by on nil_return (declared_by);
grant select, insert, delete on nil_return to countonce_app;

alter table nil_return enable row level security;
alter table nil_return force row level security;
create policy nil_return_actor on nil_return to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy nil_return_worker on nil_return to countonce_worker using (true) with check (true);

-- A file that somebody submits says otherwise: what was said of nobody ends with it.
create function end_nil_return() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  delete from nil_return where service_code = new.service_code and quarter = new.quarter;
  return null;
end
$$;
create trigger submission_ends_nil_return
  after update of state on submission
  for each row
  when (new.state in ('accepted', 'pseudonymised', 'linked')
    and new.dataset = 'production')
  execute function end_nil_return();
