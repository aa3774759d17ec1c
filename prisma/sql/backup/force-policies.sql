-- Has row-level security bind the owner of a table as well. {table} is its name. No result.
-- For example: {table} evidence_production.
alter table {table} force row level security
