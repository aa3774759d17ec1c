-- The programme of the store. In SQL, since every command asks it first, and most need Prisma for nothing.
-- No parameters. One row, or none where there is no programme. Days are yyyy-mm-dd.
-- Never null: from, to
select code, name, live, years_from::text as "from", years_to::text as "to", policy from programme
