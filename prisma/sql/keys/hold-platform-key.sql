-- The platform key that a dataset is stored under, held until the transaction ends: a rotation waits for this lock, and
-- linking, which only counts up the version, does not.
-- $1 dataset. One row; null while nothing is stored.
select platform_key_check as "check" from linkage_state where dataset = $1 for key share
