-- Waits until nobody else makes the queues, to the end of the transaction. Result: nothing of use.
select pg_advisory_xact_lock(hashtextextended('countonce.queues', 0))
