-- Tables without an index, to copy the same into.
create table baseline_record (like record_production including defaults);
create table baseline_evidence (like evidence_production including defaults)
