-- How far the work on a submission is, for whoever watches. The queue's own tables are nobody's to read.

create table submission_job (
  submission_id bigint primary key references submission on delete cascade,
  kind text not null check (kind in ('check', 'process')),
  -- waiting: nobody has taken it, or it waits to be tried again.
  stage text not null check (stage in ('waiting', 'reading', 'linking', 'done', 'refused', 'failed')),
  -- Rows read, then records linked.
  done integer not null default 0,
  -- How many there are, where that is known.
  total integer,
  -- How many times it was begun.
  attempts smallint not null default 0,
  -- Why it was refused, or what the last try failed of: a code of the catalogue.
  code text,
  -- What may be told beside the code: numbers and the letters of columns.
  detail jsonb not null default '{}',
  -- What a person quotes of a failure.
  reference text,
  sent_at timestamptz not null default now(),
  begun_at timestamptz,
  -- Written every few seconds while somebody works on it: an old one tells a stalled job from a slow one.
  heartbeat_at timestamptz,
  ended_at timestamptz
);

-- The first source rows of a finding, so that a page can point at them.
alter table finding_count add column first_rows integer[] not null default '{}';

-- Whoever may see a submission may see how far its job is, and sends the next.
grant select, insert, update on submission_job to countonce_app;
alter table submission_job enable row level security;
alter table submission_job force row level security;
create policy submission_job_actor on submission_job to countonce_app
  using (exists (select from submission where submission.id = submission_id))
  with check (exists (select from submission where submission.id = submission_id));
create policy submission_job_worker on submission_job to countonce_worker using (true) with check (true);
