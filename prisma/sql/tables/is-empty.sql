-- Whether a table holds nothing. {table} is its name. Result: one row, is_empty.
-- For example: {table} evidence_production.
-- Never null: is_empty
select not exists (select from {table}) as is_empty
