-- Counts a try before it is looked at, against whoever tries and against the address it comes from. Call it under the lock of the
-- subject, in a statement after it.
-- $1 subject, $2 address (digests; no address where it does not count), $3 now, $4 beginning of the window, $5 most of a subject
-- within it, $6 user or null, $7 kind of the subject, $8 most failures in a row, $9 most that are counted of an address.
-- One row: whether the try may be looked at, failures in a row with this one, and those of the address before it.
-- Never null: isAllowed, inARow, ofAddress
with
forgotten as (
  -- Of anybody: names that nobody has leave nothing behind.
  delete from sign_in_attempt
   where id in (select id from sign_in_attempt where at <= $4 order by at limit 50 for update skip locked)
),
before as materialized (
  select (select count(*) from sign_in_attempt where subject = $1 and at > $4) as of_subject,
         (select count(*) from sign_in_attempt where subject = $2::bytea and at > $4) as of_address,
         coalesce((select failures from failure_run where subject = $1), 0) as in_a_row
),
verdict as materialized (
  select before.*, of_subject < $5::integer and in_a_row < $8::integer as is_allowed from before
),
of_subject as (
  insert into sign_in_attempt (subject, at) select $1, $3 from verdict where is_allowed
),
of_address as (
  insert into sign_in_attempt (subject, at)
  select $2::bytea, $3 from verdict where $2::bytea is not null and of_address < $9::integer
),
run as (
  insert into failure_run (subject, user_id, kind, failures)
  select $1, $6::text, $7::text, 1 from verdict where is_allowed and $6::text is not null
  on conflict (subject) do update set failures = failure_run.failures + 1
)
select is_allowed as "isAllowed", in_a_row + 1 as "inARow", of_address::integer as "ofAddress" from verdict
