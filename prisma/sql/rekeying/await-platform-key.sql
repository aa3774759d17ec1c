-- The key that everything stored of a dataset is under, once loads under it have ended; new ones wait. $1 dataset. Result: one
--   row, reached.
select platform_key_check as reached from linkage_state where dataset = $1 for update
