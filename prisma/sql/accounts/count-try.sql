-- Counts a try to sign in unless there were too many. Call it under the lock of the account, in a statement after it.
-- $1 account, $2 address (digests), $3 now, $4 beginning of the window, $5 most for an account, $6 most for an address.
-- Two rows (the ids counted) or, when either has reached its most, none.
with
forgotten as (
  delete from sign_in_attempt where subject in ($1, $2) and at <= $4
),
allowed as materialized (
  select 1
   where (select count(*) from sign_in_attempt where subject = $1 and at > $4) < $5
     and (select count(*) from sign_in_attempt where subject = $2 and at > $4) < $6
)
insert into sign_in_attempt (subject, at)
select subject, $3 from allowed, unnest(array[$1::bytea, $2::bytea]) as subject
returning id
