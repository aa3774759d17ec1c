-- The roles that parts of this database sign in as. $1 parts. Grain: one row a part. Result: part, login, database.
-- Never null: part, login, database
select part, login_name(part) as login, current_database()::text as database from unnest($1::text[]) as part
