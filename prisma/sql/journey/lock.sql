-- Locks a submission on its way until the transaction ends. $1 reference. Bound by row-level security.
-- Grain: one row, or none when there is no such submission. Result: no column.
select from submission where reference = $1 for update
