-- How many records a trial decided, and how many people they are before and after. {dataset} names the partition. Needs
--   tried_link. One row: records,
-- before, after. Never null: records, before, after
select count(*)::int as records, count(distinct l.beneficiary_id)::int as before, count(distinct t.person_id)::int as after
from tried_link t
join link_{dataset} l on l.record_id = t.record_id
