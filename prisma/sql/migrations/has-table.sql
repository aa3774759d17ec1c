-- Whether any migration was ever applied here. No parameters. One row.
-- Never null: hasTable
select to_regclass('_prisma_migrations') is not null as "hasTable"
