-- What a table holds, whatever order its rows lie in. {table} is its name. Result: one row, rows, digest (a sum over the rows).
-- For example: {table} evidence_production.
-- Never null: rows, digest
select count(*)::text as rows,
       coalesce(sum(('x' || left(md5(held::text), 15))::bit(60)::bigint), 0)::text as digest
  from {table} as held
