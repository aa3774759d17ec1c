-- Has the triggers of a table act again. {table} is its name. No result.
-- For example: {table} evidence_production.
alter table {table} enable trigger user
