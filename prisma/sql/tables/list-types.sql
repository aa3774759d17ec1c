-- The types that there are: of an array its element, of an enum its labels in order.
-- No parameters. One row a type.
-- Never null: oid, name
select t.oid::int as oid, t.typname as name, e.typname as element,
       (select array_agg(enumlabel::text order by enumsortorder) from pg_enum where enumtypid = t.oid) as labels
  from pg_type t left join pg_type e on e.oid = t.typelem and t.typcategory = 'A'
