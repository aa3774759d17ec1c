-- Tells the planner what a table of the session holds now. {table} is its name. No result.
-- For example: {table} evidence_production.
analyze {table}
