-- The first and the last id of the records of a dataset. {dataset} names the partition. Result: one row, first and last; null
--   without records.
select min(id) as first, max(id) as last from record_{dataset}
