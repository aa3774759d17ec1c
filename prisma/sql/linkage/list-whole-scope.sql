-- Every record that counts. {dataset} names the partition; $1 submission ids that count. Fills scope.
insert into scope (record_id)
select r.id from record_{dataset} r where r.submission_id = any ($1::bigint[])
