-- Notes of rows that are set apart that their provider is told nothing of it. $1 submission, $2 row, $3 role. No result.
update restricted_record set untold = true where submission_id = $1 and source_row = $2 and role = $3
