-- Migrations that were applied and not rolled back. Grain: one row per migration, by name. Result: name, checksum (SHA-256 of
--   the file, hex), finished, expands: whether it is noted to take away nothing that an older version needs.
-- Never null: finished, expands
select
  migration_name as name, checksum, finished_at is not null as finished,
  coalesce(logs = 'expands', false) as expands
from _prisma_migrations
where rolled_back_at is null
order by migration_name
