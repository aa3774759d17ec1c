-- The database's clock. No parameters. One row.
-- Never null: now
select clock_timestamp() as now
