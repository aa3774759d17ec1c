-- Takes the lock that one load of a submission holds until its transaction ends, unless another has it. $1 submission.
-- Grain: one row. Result: held. Never null: held.
select pg_try_advisory_xact_lock(hashtextextended('countonce.submission.' || $1::text, 0)) as held
