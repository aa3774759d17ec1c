-- For example: {level} evidence.
-- Makes the records of arriving submissions findable by each pseudonym they carry, and by each that another could carry as its
--   own.
-- {dataset} names the partitions, {level} is evidence or recent_evidence; $1 submission ids. Grain: one row per record and
--   pseudonym. No result.
insert into {level}_{dataset} (value, record_id)
select value, id
from (
  select r.id, unnest(array[{r.pseudonyms}]) as value
  from record_{dataset} r
  where r.submission_id = any ($1::bigint[])
) as carried
where value is not null
