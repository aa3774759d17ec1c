-- Whether the database answers. No parameters. One row.
select true as answers
