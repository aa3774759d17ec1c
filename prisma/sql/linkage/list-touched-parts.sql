-- The parts that a change can reach: those that lose a record, those that an arriving record can touch by a
-- possible edge, those of the other side of a decision, and those of every carrier of a contact that crossed.
-- {dataset} names the partitions; $1 dataset, $2 arriving and $3 leaving submission ids. Needs crossed_contact and
--   decided_client. Fills touched_part.
insert into touched_part (part_id)
with arriving_value as (
  select distinct carried.value
  from record_{dataset} r
  cross join lateral unnest(array[{r.pseudonyms}]) as carried (value)
  where r.submission_id = any ($2::bigint[]) and carried.value is not null
), partner_value as (
  -- decisions tie clients together: whoever arrives as one side brings the other
  select d.right_client as value
  from decision d
  join arriving_value on arriving_value.value = d.left_client
  where d.dataset = $1 and d.undone_at is null
  union all
  select d.left_client
  from decision d
  join arriving_value on arriving_value.value = d.right_client
  where d.dataset = $1 and d.undone_at is null
), reaching_value as (
  select value from arriving_value
  where not exists (select from shared_contact s where s.dataset = $1 and s.value = arriving_value.value)
  union select value from partner_value where value is not null
  union select value from decided_client
  union select value from crossed_contact
), reached_record as (
  select distinct e.record_id
  from reaching_value
  join (
    select value, record_id from evidence_{dataset}
    union all select value, record_id from recent_evidence_{dataset}
  ) as e on e.value = reaching_value.value
)
select l.part_id
from reached_record
join link_{dataset} l on l.record_id = reached_record.record_id
union
select l.part_id
from record_{dataset} r
join link_{dataset} l on l.record_id = r.id
where r.submission_id = any ($3::bigint[])
