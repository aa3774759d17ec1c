-- Ends a table of the transaction before the transaction does. {table} is its name. No result.
-- For example: {table} contact_carrier.
drop table {table}
