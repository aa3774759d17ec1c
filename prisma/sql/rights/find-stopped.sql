-- The records of a submission that carry any of some pseudonyms. {dataset} names the partition; $1 submission, $2 pseudonyms.
-- Grain: one row per record. Result: source_row, role, and columns, an object of those that are filled.
-- Never null: source_row, role, columns
select r.source_row, r.role, jsonb_strip_nulls(to_jsonb(r)) as columns
from record_{dataset} r
where r.submission_id = $1
  and exists (select from unnest(array[{r.pseudonyms}]) as carried (value) where carried.value = any ($2::uuid[]))
