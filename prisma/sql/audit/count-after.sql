-- The entries after a given one, and when the trail began; who may not read the log learns no more of it.
-- Parameters: $1 the number of the last entry that is covered (0 for none).
-- Grain and result: one row.
-- Never null: entries
select entries::text as entries, first_at as first, begun_at as begun from audit_entries_after($1)
