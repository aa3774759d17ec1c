-- Lets one change of the measurement framework be made at a time, until the transaction ends.
-- No parameters. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.framework', 0)) as locked
