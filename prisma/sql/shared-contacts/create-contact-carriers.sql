-- The records whose contacts are looked at for being shared. Grain: one row a record. Ends with the transaction.
create temporary table contact_carrier (record_id bigint not null) on commit drop
