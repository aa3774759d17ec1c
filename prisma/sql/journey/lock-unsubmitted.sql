-- The other uploads for a service and quarter that were not submitted, locked until the transaction ends.
-- $1 dataset, $2 service, $3 quarter, $4 submission that is not meant, whose kind it is. Bound by row-level security.
-- Grain: one row per submission, in the order in which they came. Result: id.
select id from submission
where dataset = $1 and service_code = $2 and quarter = $3 and id <> $4
  and file_kind = (select file_kind from submission where id = $4)
  and state in ('received', 'mapped', 'checked') and received_by like 'U-%'
order by id
for update
