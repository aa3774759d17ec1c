-- Lets one change of a release's report be made at a time, until the transaction ends.
-- $1 the release's reference. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.report ' || $1, 0)) as locked
