-- Which PostgreSQL serves. No parameters. One row.
-- Never null: version
select current_setting('server_version') as version
