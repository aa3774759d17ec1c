-- Tells the planner what some columns of a table hold now. {table} and {columns} are their names. No result.
-- For example: {table} record_production, {columns} id.
analyze {table} ({columns})
