-- Lets one agreement of a service be added at a time, until the transaction ends.
-- $1 service. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.agreement ' || $1, 0)) as locked
