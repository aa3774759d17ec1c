-- Forgets who somebody was that left before a moment. $1 the moment. Grain and result: one row, forgotten, how many.
-- Never null: forgotten
select forget_leavers($1) as forgotten
