-- Lets one change of the register be made at a time, until the transaction ends.
-- No parameters. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.register', 0)) as locked
