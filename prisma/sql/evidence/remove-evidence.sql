-- For example: {level} evidence.
-- Takes away what the records of withdrawn submissions were found by.
-- {dataset} names the partitions, {level} is evidence or recent_evidence; $1 submission ids. No result.
with gone as (
  select r.id, carried.value
  from record_{dataset} r
  cross join lateral unnest(array[{r.pseudonyms}]) as carried (value)
  where r.submission_id = any ($1::bigint[]) and carried.value is not null
)
delete from {level}_{dataset} e
using gone
where e.value = gone.value and e.record_id = gone.id
