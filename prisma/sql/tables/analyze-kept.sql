-- Tells the planner what a table holds now that another owns. $1 table, $2 its columns, all when there is none. One row.
select analyze_kept($1, $2) as done
