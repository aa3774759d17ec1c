-- Who was reached, as lists of numbers: what exact figures of any period and grouping are counted from without reading a
-- record. A worker makes them from one state of the links; those of earlier states go.

create table reach_marking (
  linkage_version bigint primary key
);

-- Grain: one row per file, ward and role in which anybody was reached.
create table reach_mark (
  linkage_version bigint not null references reach_marking on delete cascade,
  submission_id bigint not null,
  ward text not null,
  role text not null,
  -- Ascending numbers of this state alone, each as its distance from the one before: lib/core/reach/marks.ts.
  people bytea not null,
  families bytea not null,
  uppers bytea not null,
  lowers bytea not null,
  numbered bytea not null,
  numbers bytea not null,
  primary key (linkage_version, submission_id, ward, role)
);
grant select on reach_marking, reach_mark to countonce_exact;
