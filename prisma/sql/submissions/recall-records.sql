-- Takes records back that were copied and are not to be kept. $1 submission, $2 source rows. Result: none.
delete from record where submission_id = $1 and source_row = any ($2::int[])
