-- Undoes a decision that stands. $1 dataset, $2 decision, $3 who undoes it. Result: one row, left_client and right_client.
update decision
set undone_at = now(), undone_by = $3
where dataset = $1 and id = $2 and undone_at is null
returning left_client, right_client
