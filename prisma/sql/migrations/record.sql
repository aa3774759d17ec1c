-- Records that a migration was applied. $1 id, $2 checksum, $3 name. No result.
insert into _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
values ($1, $2, $3, now(), clock_timestamp(), 1)
