-- Migrations that were applied and not rolled back. Grain: one row per migration, by name. Result: name, checksum (SHA-256 of
--   the file,
-- hex), finished.
-- Never null: finished
select migration_name as name, checksum, finished_at is not null as finished
from _prisma_migrations
where rolled_back_at is null
order by migration_name
