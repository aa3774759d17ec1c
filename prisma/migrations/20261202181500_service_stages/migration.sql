-- Where a service is on its way into the figures. Only in production do its files go to production, which alone counts.
alter table service
  add column stage text not null default 'production'
    check (stage in ('profiling', 'pipeline', 'staging', 'production')),
  add column stage_since timestamptz not null default now();
grant update (stage, stage_since) on service to countonce_app;

-- The dataset that a service's files go to.
create function dataset_of(of_service text) returns dataset
  language sql stable parallel safe
  set search_path = pg_catalog, public
as $$
  select case stage when 'production' then 'production'::dataset else 'staging'::dataset end from service where code = of_service
$$;

-- What a provider is told of a trial file: that it is to be looked at, and what came of it. The words are made from the findings.
create table trial_feedback (
  submission_id bigint primary key references submission,
  service_code text not null references service,
  sent_by text not null,
  sent_at timestamptz not null,
  -- A code of lib/core/messages/register/stage-words.ts.
  answer text check (answer ~ '^[a-z]+(-[a-z]+)*$'),
  answered_by text,
  answered_at timestamptz,
  constraint trial_feedback_answered check ((answer is null) = (answered_at is null))
);
-- What a service is to look at.
create index trial_feedback_service on trial_feedback (service_code);
grant select, insert on trial_feedback to countonce_app;
grant update (answer, answered_by, answered_at) on trial_feedback to countonce_app;
alter table trial_feedback enable row level security;
alter table trial_feedback force row level security;
create policy trial_feedback_actor on trial_feedback to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy trial_feedback_worker on trial_feedback for select to countonce_worker using (true);
grant select on trial_feedback to countonce_worker;

-- How many people a service counts itself in a quarter, and how many staging came to when they were compared.
create table staging_comparison (
  service_code text not null references service,
  quarter text not null check (quarter ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  own integer not null check (own >= 0),
  counted integer not null check (counted >= 0),
  compared_by text not null,
  compared_at timestamptz not null,
  primary key (service_code, quarter)
);
grant select, insert, delete on staging_comparison to countonce_app;
grant update (own, counted, compared_by, compared_at) on staging_comparison to countonce_app;
grant select, delete on staging_comparison to countonce_worker;
alter table staging_comparison enable row level security;
alter table staging_comparison force row level security;
create policy staging_comparison_actor on staging_comparison to countonce_app
  using (actor_reaches(service_code)) with check (actor_reaches(service_code));
create policy staging_comparison_worker on staging_comparison to countonce_worker using (true) with check (true);

alter table act drop constraint act_kind_check;
alter table act add constraint act_kind_check check (kind ~ '^[a-z]+(-[a-z]+)*$');
