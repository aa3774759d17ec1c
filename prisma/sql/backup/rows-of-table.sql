-- The rows of a table, for COPY. {table} is its name, {columns} are its columns. Grain: one row a row of the table.
-- For example: {table} evidence_production, {columns} record_id.
select {columns} from {table}
