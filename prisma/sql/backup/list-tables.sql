-- The tables of the programme, partitions under their parent. No parameters.
-- Grain: one row a table, by name. Result: name, columns in their order, references (the other tables that it names),
--   isForced (whether row-level security binds its owner as well).
-- Never null: name, columns, references, isForced
select t.relname::text as name,
       (select array_agg(a.attname::text order by a.attnum)
          from pg_attribute a
         where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
       array(select distinct other.relname::text
               from pg_constraint c join pg_class other on other.oid = c.confrelid
              where c.conrelid = t.oid and c.contype = 'f' and c.confrelid <> t.oid) as "references",
       t.relforcerowsecurity as "isForced"
  from pg_class t
 where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and not t.relispartition
   and t.relname <> '_prisma_migrations'
 order by t.relname
