-- Takes a counted try back, which turned out right.
-- $1 subject, $2 address or null (digests), $3 when it was counted. No result.
with
attempt as (
  delete from sign_in_attempt
   where id in (
     select distinct on (subject) id from sign_in_attempt where subject in ($1, $2::bytea) and at = $3 order by subject, id)
)
update failure_run set failures = failures - 1 where subject = $1 and failures > 0
