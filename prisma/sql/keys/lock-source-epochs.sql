-- Lets one rotation of the source key be made at a time, until the transaction ends.
-- No parameters. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.source-key', 0)) as locked
