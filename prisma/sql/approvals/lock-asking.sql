-- Lets one person ask for one thing at a time, until the transaction ends.
-- $1 what is asked and by whom. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.approval.' || $1, 0)) as locked
