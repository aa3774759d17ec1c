-- Lets one change of the rules of a source be made at a time, until the transaction ends.
-- $1 service. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.source-rules ' || $1, 0)) as locked
