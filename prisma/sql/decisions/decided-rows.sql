-- The rows that decisions were taken about, as places in files. $1 dataset. Grain: one row a decision.
-- Never null: decision, left
select decision::int as decision, left_row as "left", right_row as "right" from decided_rows($1)
