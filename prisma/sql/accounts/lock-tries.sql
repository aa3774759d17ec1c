-- Lets one try of an account be counted at a time, until the transaction ends.
-- $1 account (digest). One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.tries.' || encode($1, 'hex'), 0)) as locked
