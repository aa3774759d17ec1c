-- For example: {columns} nhs_number_pseudonym.
-- What each record in scope can touch another by, in the order of record ids.
-- {dataset} names the partition, {columns} the pseudonym columns. Result, for copyRows: id, submission_id, source_row, the
--   columns.
select r.id, r.submission_id, r.source_row, {r.columns}
from scope s
join record_{dataset} r on r.id = s.record_id
order by r.id
