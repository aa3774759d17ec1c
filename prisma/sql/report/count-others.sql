-- Counts over some days of doubts, decisions and entries of the audit trail. $1 first and $2 last day. Grain: one row a count.
-- Never null: what, counted
select what, counted from management_counts($1::date, $2::date)
