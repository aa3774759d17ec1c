-- Takes the lock of making the demonstration, kept until the connection ends.
-- No parameters. One row; false when another connection has it.
-- Never null: mine
select pg_try_advisory_lock(hashtextextended('countonce.demonstration', 0)) as mine
