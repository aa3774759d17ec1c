-- Names the records whose contacts are looked at. $1 record ids. No result.
insert into contact_carrier select unnest($1::bigint[])
