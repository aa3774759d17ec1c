-- Puts changed links in the place of the old, and remembers whom they left. {dataset} names the partition. Needs changed_link.
--   Fills left_beneficiary.
with gone as (
  delete from link_{dataset} l using changed_link c where l.record_id = c.record_id
  returning l.record_id, l.beneficiary_id
)
insert into left_beneficiary (beneficiary_id)
select distinct gone.beneficiary_id
from gone
join changed_link c on c.record_id = gone.record_id
where c.beneficiary_id <> gone.beneficiary_id
