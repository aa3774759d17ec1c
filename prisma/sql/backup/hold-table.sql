-- Has a table take rows as they come until the transaction lets go of it: no trigger, no policy. {table} is its name. No result.
-- For example: {table} evidence_production.
alter table {table} disable trigger user;
alter table {table} no force row level security
