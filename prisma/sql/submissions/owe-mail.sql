-- Owes whoever waits for a submission a mail, each once. $1 kind, $2 submission.
-- Grain: one row, which says nothing.
select owe_mail($1, $2)::text as owed
