-- The entries after a given one, with every hashed part as the text that was hashed.
-- Parameters: $1 the number of the last entry already seen (0 at first), $2 how many at most.
-- Grain: one row an entry, in the order of the chain.
-- Never null: seq, at, detail, previous_hash, hash
select
  seq::text as seq,
  to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor,
  event,
  subject,
  detail::text as detail,
  encode(previous_hash, 'hex') as previous_hash,
  encode(hash, 'hex') as hash
from audit_event
where audit_event.seq > $1
order by audit_event.seq
limit $2
