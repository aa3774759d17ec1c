-- Whether a start is making the demonstration: its connection has the lock of try-demonstration, whose key PostgreSQL shows in
--   two halves.
-- No parameters. One row.
-- Never null: making
select exists (
  select from pg_locks
  where locktype = 'advisory' and granted and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32 | objid::bigint) = hashtextextended('countonce.demonstration', 0)
) as making
