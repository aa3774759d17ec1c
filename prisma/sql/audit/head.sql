-- The end of the chain as the log itself keeps it, and how many entries there are.
-- Parameters: none.
-- Grain and result: one row; no row when the head itself is gone.
-- Never null: seq, hash, entries
select
  head.seq::text as seq,
  encode(head.hash, 'hex') as hash,
  (select count(*) from audit_event)::text as entries
from audit_head as head
