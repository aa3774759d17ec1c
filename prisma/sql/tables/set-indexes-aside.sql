-- Takes the indexes of a partition away for a bulk load, all but its primary key and those that belong to an index of the parent.
-- $1 table. One row.
select set_indexes_aside($1) as done
