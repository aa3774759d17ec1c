-- The records to decide again: all of the touched parts but those that leave, and all that arrive.
-- $1 dataset, $2 arriving and $3 leaving submission ids. Needs touched_part. Fills scope.
insert into scope (record_id)
select l.record_id
from touched_part
join link l on l.dataset = $1 and l.part_id = touched_part.part_id
join record r on r.dataset = $1 and r.id = l.record_id
where r.submission_id <> all ($3::bigint[])
union all
select r.id
from record r
where r.dataset = $1 and r.submission_id = any ($2::bigint[])
