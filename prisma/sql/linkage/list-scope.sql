-- The records to decide again: all of the touched parts, and all that arrive; those that leave are unlinked already.
-- {dataset} names the partitions; $1 arriving submission ids. Needs touched_part, after remove-links. Fills scope.
insert into scope (record_id)
select l.record_id
from touched_part
join link_{dataset} l on l.part_id = touched_part.part_id
union all
select r.id
from record_{dataset} r
where r.submission_id = any ($1::bigint[])
