-- The first and the last quarter of which there is a file in use or a release. No parameters. One row; null where there is none.
select first_quarter as first, last_quarter as last from used_quarters()
