-- Every record that counts. $1 dataset, $2 submission ids that count. Fills scope.
insert into scope (record_id)
select r.id from record r where r.dataset = $1 and r.submission_id = any ($2::bigint[])
