-- Counts what came with no token that serves; hours that are gone are forgotten.
-- $1 subject, $2 now.
-- Grain: one row. Result: how many there were for this subject in this hour.
with forgotten as (
  delete from token_refusal where subject = $1 and hour < date_trunc('hour', $2::timestamptz)
)
insert into token_refusal (subject, hour, refused) values ($1, date_trunc('hour', $2::timestamptz), 1)
on conflict (subject, hour) do update set refused = token_refusal.refused + 1
returning refused
