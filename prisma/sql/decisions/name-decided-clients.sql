-- The clients that a decision which was taken or undone speaks of. $1 client pseudonyms. Fills decided_client. No result.
insert into decided_client select distinct unnest($1::uuid[])
