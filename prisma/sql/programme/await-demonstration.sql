-- The same lock, waited for.
-- No parameters. One row that says nothing.
select pg_advisory_lock(hashtextextended('countonce.demonstration', 0)) as locked
