-- Locks a submission against other changes until the transaction ends. $1 submission.
-- Grain: one row, or none when there is no such submission. Result: no column.
select from submission where id = $1 for update
