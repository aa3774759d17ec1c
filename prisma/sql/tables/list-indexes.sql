-- The indexes of a table that a load does without: all but its primary key and those that belong to an index of a partitioned table.
-- $1 table. Grain: one row per index. Result: name, definition.
-- Never null: name, definition
select c.relname::text as name, pg_get_indexdef(i.indexrelid) as definition
from pg_index i
join pg_class c on c.oid = i.indexrelid
where i.indrelid = $1::text::regclass and not i.indisprimary
  and not exists (select from pg_inherits where inhrelid = i.indexrelid)
order by c.relname
