-- Lets one change of targets be made at a time, until the transaction ends.
-- No parameters. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.targets', 0)) as locked
