-- Appends an entry to the audit log; the last statement before the commit.
-- Parameters: $1 actor, $2 event, $3 subject (references), $4 detail (jsonb object).
-- Grain and result: one row, the number of the entry.
select append_audit($1, $2, $3, $4::jsonb) as seq
