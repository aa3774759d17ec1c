-- The same lock as of who loads a submission, waited for. $1 submission. One row that says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.submission.' || $1::text, 0)) as held
