-- Moves the recent evidence to the large table. {dataset} names the partitions. No result; recent evidence is to be truncated
--   after it.
insert into evidence_{dataset} (value, record_id)
select value, record_id from recent_evidence_{dataset}
