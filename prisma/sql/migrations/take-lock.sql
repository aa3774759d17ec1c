-- Takes the lock that `prisma migrate` takes, until the session ends: whichever of us comes second waits. $1 number. No result.
select pg_advisory_lock($1)
