-- Whether the embedded server has a database of this name. $1 name. Grain: one row. Result: made.
-- Never null: made
select exists (select from pg_database where datname = $1) as made
