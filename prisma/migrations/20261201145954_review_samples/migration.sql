-- Samples that tell how right links and decisions are: joined pairs of a quarter, drawn once, and decisions that a second reviewer
-- answers without seeing the first answer. By places in files: a row that is gone when its turn comes is not answered about.
create table review_sample (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('joined', 'decided')),
  -- The quarter in which it was drawn.
  drawn_in text not null check (drawn_in ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  number integer not null check (number > 0),
  -- By which rule the rows were joined.
  rule text,
  decision_id bigint references decision,
  left_submission text not null,
  left_row integer not null,
  left_role text not null check (left_role in ('child', 'parent', 'adult')),
  right_submission text not null,
  right_row integer not null,
  right_role text not null check (right_role in ('child', 'parent', 'adult')),
  drawn_at timestamptz not null default now(),
  unique (kind, drawn_in, number),
  constraint review_sample_of_its_kind check ((kind = 'joined') = (rule is not null) and (kind = 'decided') = (decision_id is not null))
);
-- A decision is answered about again once.
create unique index review_sample_decision on review_sample (decision_id);
grant select on review_sample to countonce_app, countonce_exact;
grant select, insert on review_sample to countonce_worker;

-- What one reviewer said of a pair of a sample, for good.
create table review_verdict (
  sample_id bigint not null references review_sample,
  reviewer text not null,
  verdict text not null check (verdict in ('same', 'different', 'cannot-tell')),
  given_at timestamptz not null default now(),
  primary key (sample_id, reviewer)
);
grant select, insert on review_verdict to countonce_app;
grant select on review_verdict to countonce_exact;
grant select, insert on review_verdict to countonce_worker;

-- How many pairs the estimate had heard of when it was made.
alter table reach_estimate add column verdicts integer not null default 0;
