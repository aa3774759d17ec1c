-- Names all records of submissions as those whose contacts are looked at. $1 submission ids, {dataset} the partition. No result.
insert into contact_carrier select id from record_{dataset} where submission_id = any ($1::bigint[])
