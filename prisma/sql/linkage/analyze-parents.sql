-- Tells the planner what the partitioned tables hold that figures and screens join. No parameters. One row.
select analyze_parents() as done
