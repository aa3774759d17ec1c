-- What deciding everything again would change, tried without changing anything: by reference, rule and service.
create table relink_report (
  act_id bigint primary key references act,
  -- What it was tried on, and with which policy.
  linkage_version bigint not null,
  policy_before text not null,
  policy_after text not null,
  records integer not null,
  people_before integer not null,
  people_after integer not null,
  made_at timestamptz not null default now()
);
-- Reach by service before and after; the service is empty for the programme.
create table relink_reach (
  act_id bigint not null references relink_report,
  service_code text not null,
  before integer not null,
  after integer not null,
  primary key (act_id, service_code)
);
-- One who joins others or parts.
create table relink_change (
  act_id bigint not null references relink_report,
  number integer not null,
  kind text not null check (kind in ('join', 'part')),
  -- Of those who join, or of the one who parts.
  people text[] not null,
  -- How many there are afterwards.
  into_people integer not null check (into_people > 0),
  -- What joins them, or what held them together; empty where a contact is no evidence any more.
  rules text[] not null,
  services text[] not null,
  primary key (act_id, number)
);
grant select, insert on relink_report, relink_reach, relink_change to countonce_worker;
grant select on relink_report, relink_reach, relink_change to countonce_exact;

alter table act drop constraint act_kind_check;
alter table act add constraint act_kind_check check (kind in (
  'withdraw', 'decide', 'undo-decision', 'draft-release', 'make-release', 'draw-sample', 'try-policy', 'relink'));
