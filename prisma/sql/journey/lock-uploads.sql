-- Takes the lock in which uploads of a provider are counted one after another, until the transaction ends. $1 provider.
-- Grain: one row. Result: one column, which says nothing.
select pg_advisory_xact_lock(hashtextextended('countonce.uploads.' || $1::text, 0))
