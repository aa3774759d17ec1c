-- The columns of the schema public with the checks that are of one alone.
-- No parameters. One row a column.
-- Never null: table, tableName, attribute, notNull
select a.attrelid::int as "table", r.relname as "tableName", a.attnum::int as attribute, a.attnotnull as "notNull",
       (select array_agg(pg_get_constraintdef(c.oid))
          from pg_constraint c
         where c.conrelid = a.attrelid and c.contype = 'c' and c.conkey = array[a.attnum]) as checks
  from pg_attribute a join pg_class r on r.oid = a.attrelid
 where r.relnamespace = 'public'::regnamespace and a.attnum > 0
