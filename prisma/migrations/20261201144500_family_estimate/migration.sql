-- Estimates of families. Those that are kept know nothing of them: a worker makes them again.
delete from reach_estimate;
alter table reach_estimate
  add column families jsonb not null,
  add column family_copies integer not null,
  add column family_mistakes bytea not null;
