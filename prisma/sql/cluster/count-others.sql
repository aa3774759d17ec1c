-- How many others have the embedded server open. $1 name of the process that asks. Each that does holds a connection to the
--   database postgres under a name of its own (lib/standalone/postgres/embedded.ts), and a stranger any at all. What else is
--   named as ours is a connection of a process that also holds such a one, or of a worker or portal that it started: when one
--   of them ends, what it was at may be there a while longer, and nobody waits for it. A connection that has not yet said, or
--   could not prove, who it is has no user, and is nobody whom the server is kept for. Grain: one row. Result: others.
-- Never null: others
select count(*)::int as others
from pg_stat_activity
where
  backend_type = 'client backend' and usesysid is not null and application_name <> $1
  and (datname = 'postgres' or application_name not like 'countonce-%')
