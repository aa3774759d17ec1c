-- The contacts of arriving and leaving records: only their counts can have changed.
-- $1 dataset, $2 submission ids, arriving and leaving. Fills changed_contact.
insert into changed_contact (value)
select distinct carried.value
from record r
cross join lateral unnest(array[
  r.email_pseudonym, r.mobile_pseudonym, r.carer_email_pseudonym, r.carer_mobile_pseudonym
]) as carried (value)
where r.dataset = $1 and r.submission_id = any ($2::bigint[]) and carried.value is not null
