-- Tells the planner what the partitioned tables hold that figures and screens join. No parameters. One row.
select refresh_statistics() as done
