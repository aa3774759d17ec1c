-- Whether the queues are there: the portal may send jobs, which is the last that whoever makes them sees to.
-- Grain and result: one row, made.
-- Never null: made
select coalesce(has_table_privilege('countonce_app', to_regclass('pgboss.job_common'), 'insert'), false) as made
