-- The indexes that the store has, once all is copied.
create unique index on baseline_record (id);
create index on baseline_record (submission_id);
create index on baseline_evidence (value)
