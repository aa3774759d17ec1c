-- What services aim at in a quarter, by indicator of the scorecard: every target there ever was, the last is the one. docs/measures.md.
create table service_target (
  id bigint generated always as identity primary key,
  service_code text not null references service,
  quarter text not null check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
  indicator text not null check (indicator ~ '^[a-zA-Z]{1,20}$'),
  -- Null where one was taken back.
  value double precision,
  set_by text not null,
  set_at timestamptz not null
);
-- The last of each.
create index service_target_last on service_target (quarter, service_code, indicator, id);
grant select, insert on service_target to countonce_app;
grant select on service_target to countonce_worker;
alter table service_target enable row level security;
alter table service_target force row level security;
create policy service_target_programme on service_target to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy service_target_worker on service_target for select to countonce_worker using (true);
create policy service_target_owner on service_target to current_user using (true) with check (true);
