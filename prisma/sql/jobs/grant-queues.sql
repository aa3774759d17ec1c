-- What the portal's role needs to send a job within its own transaction, and a worker's to take jobs and look after the queues:
--   no
-- more.
grant usage on schema pgboss to countonce_app, countonce_worker;
grant select on pgboss.queue to countonce_app;
grant insert, select (id, start_after) on pgboss.job_common to countonce_app;
grant select, insert, update, delete on all tables in schema pgboss to countonce_worker;
