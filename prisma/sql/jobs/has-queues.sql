-- Whether the queues were made: a worker makes them when it starts for the first time.
-- Grain: one row. Result: made. Never null: made.
select to_regclass('pgboss.queue') is not null as made
