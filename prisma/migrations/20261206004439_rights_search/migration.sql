-- Each search for a person, by whom and for which request: nobody looks for people without end. It names nobody who was sought.
create table rights_search (
  id bigint generated always as identity primary key,
  request_id bigint not null references rights_request on delete cascade,
  searched_by text not null references portal_user,
  searched_at timestamptz not null,
  -- It made so many within a day that others are told, and when they were.
  is_alarm boolean not null default false,
  told_at timestamptz
);
-- How many somebody made lately.
create index rights_search_by on rights_search (searched_by, searched_at);
-- How many were made for a request, and what goes with it.
create index rights_search_request on rights_search (request_id);
-- Those that are told to others.
create index rights_search_alarm on rights_search (id) where is_alarm;

grant select, update (told_at) on rights_search to countonce_app;
grant select, insert on rights_search to countonce_worker;
grant usage, select on sequence rights_search_id_seq to countonce_worker;

alter table rights_search enable row level security;
alter table rights_search force row level security;
create policy rights_search_programme on rights_search to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy rights_search_worker on rights_search to countonce_worker using (true) with check (true);
-- The owner, as whom a command searches and what goes with a request is removed.
create policy rights_search_owner on rights_search to current_user using (true) with check (true);
