-- The programme of the store. In SQL, since every command asks it first, and most need Prisma for nothing.
-- No parameters. One row, or none where there is no programme. Days are yyyy-mm-dd; restoring: a restore put it there and is not
-- done.
-- Never null: from, to, restoring
select code, name, purpose, live, years_from::text as "from", years_to::text as "to", policy,
  to_regclass('public.restore_under_way') is not null as restoring
from programme
