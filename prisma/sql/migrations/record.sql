-- Records that a migration was applied. $1 id, $2 checksum, $3 name, $4 expands: noted where Prisma keeps why one failed, for an
--   older version to read. No result.
insert into _prisma_migrations (id, checksum, migration_name, logs, started_at, finished_at, applied_steps_count)
values ($1, $2, $3, case when $4 then 'expands' end, now(), clock_timestamp(), 1)
