-- Takes the lock of those who freeze a release until the transaction ends; waits for whoever has it. No parameters. No result.
select pg_advisory_xact_lock(hashtextextended('countonce.releasing', 0))
