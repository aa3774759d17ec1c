-- A provider answers what it is asked, and is told by mail that it is asked, and once more if it does not answer.
alter table provider_question
  add column told_at timestamptz,
  add column reminded_at timestamptz;
grant update (state, answer, answered_by, answered_at, told_at, reminded_at) on provider_question to countonce_app;
grant select (told_at, reminded_at) on provider_question to countonce_app;

-- That something is wrong, said from a page: the page and a reference, and no word of anybody.
create table problem_report (
  id bigint generated always as identity primary key,
  reference text not null unique,
  -- A code of lib/core/messages/support/support-words.ts.
  kind text not null check (kind ~ '^[a-z]+(-[a-z]+)*$'),
  -- A page as it is named in the portal, without what is in its address.
  page text not null check (page ~ '^[a-z/-]{1,100}$'),
  -- Of a submission, a request or a failure; empty for none.
  about text not null default '' check (about ~ '^([A-Z]{1,2}-[0-9A-Z-]{4,20})?$'),
  provider_code text references provider,
  made_by text not null,
  made_at timestamptz not null,
  answer text check (answer ~ '^[a-z]+(-[a-z]+)*$'),
  answered_by text,
  answered_at timestamptz,
  constraint problem_report_answered check ((answer is null) = (answered_at is null))
);
-- What waits for an answer, the oldest first.
create index problem_report_open on problem_report (made_at) where answer is null;
grant select, insert on problem_report to countonce_app;
grant update (answer, answered_by, answered_at) on problem_report to countonce_app;
alter table problem_report enable row level security;
alter table problem_report force row level security;
create policy problem_report_actor on problem_report to countonce_app
  using (provider_code = current_setting('countonce.provider', true)
    or current_setting('countonce.reach', true) = 'programme')
  with check (provider_code = current_setting('countonce.provider', true)
    or current_setting('countonce.reach', true) = 'programme');

-- A problem that is known, in words for everybody, until it is over.
create table known_problem (
  id bigint generated always as identity primary key,
  words text not null check (length(words) between 1 and 300),
  told_by text not null,
  told_at timestamptz not null,
  over_at timestamptz
);
grant select, insert on known_problem to countonce_app;
grant update (over_at) on known_problem to countonce_app;

-- How fast the programme answers, for everybody to see: counts and times alone, over the last 90 days.
create function service_level() returns table (asked integer, answered integer, median_hours float8, in_two_days integer)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select count(*)::int, count(answered_at)::int,
    percentile_cont(0.5) within group (order by extract(epoch from answered_at - made_at) / 3600)::float8,
    (count(*) filter (where answered_at - made_at <= interval '2 days'))::int
  from problem_report where made_at > now() - interval '90 days'
$$;
revoke all on function service_level() from public;
grant execute on function service_level() to countonce_app;
