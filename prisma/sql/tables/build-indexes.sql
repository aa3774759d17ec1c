-- Builds the indexes that were taken away for a bulk load. $1 table. One row.
select build_indexes_aside($1) as done
