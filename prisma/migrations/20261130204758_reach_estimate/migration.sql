-- How many people there are, estimated: what copies of the programme came to, from which a worker's copies of one state of the
-- links answer for any period and grouping. That of an earlier state goes.

create table reach_estimate (
  linkage_version bigint primary key,
  copies int not null,
  -- The share of the links' parts that was copied.
  sampled double precision not null,
  -- Pairs of clients that share an NHS number: what the error rates rest on.
  pairs int not null,
  -- Service, quarter, ward and role of each numbered cell; services with what their rows leave open.
  cells jsonb not null,
  services jsonb not null,
  -- lib/core/estimate/copied-reach.ts, deflated.
  mistakes bytea not null,
  made_at timestamptz not null default now()
);
grant select on reach_estimate to countonce_exact;
grant select, insert, delete on reach_estimate to countonce_worker;
