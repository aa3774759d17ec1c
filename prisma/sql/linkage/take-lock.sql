-- Takes the lock of linking in a dataset until the transaction ends; waits for whoever has it. $1 dataset. No result.
select pg_advisory_xact_lock(hashtextextended('countonce.linking.' || $1, 0))
