-- The contacts of arriving and leaving records: only their counts can have changed.
-- {dataset} names the partition; $1 submission ids, arriving and leaving. Fills changed_contact.
insert into changed_contact (value)
select distinct carried.value
from record_{dataset} r
cross join lateral unnest(array[{r.own_contacts}, {r.carer_contacts}]) as carried (value)
where r.submission_id = any ($1::bigint[]) and carried.value is not null
