-- The portal sends jobs and sees nothing of them; of its own it learns whether it was taken. Result: none.
grant usage on schema pgboss to countonce_app;
grant select on pgboss.queue to countonce_app;
grant insert, select (id, start_after) on pgboss.job_common to countonce_app;
