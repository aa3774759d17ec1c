-- How many are connected to the embedded server besides a process. $1 name of the process. A connection that has not yet said,
--   or could
-- not prove, who it is has no user, and is nobody whom the server is kept for. Grain: one row. Result: others.
-- Never null: others
select count(*)::int as others
from pg_stat_activity
where backend_type = 'client backend' and usesysid is not null and application_name <> $1
