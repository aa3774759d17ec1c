-- Takes the lock that whoever begins a file's way holds for its service and quarter, until the transaction ends: two uploads for
-- one place would each put the other aside. $1 service, $2 quarter.
-- Grain: one row. Result: one column, which says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.journey.' || $1::text || '.' || $2::text, 0))
