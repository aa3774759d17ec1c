-- The entries after a given one, and when the trail began.
-- Parameters: $1 the number of the last entry that is covered (0 for none).
-- Grain and result: one row.
-- Never null: entries
select
  (select count(*) from audit_event where audit_event.seq > $1)::text as entries,
  (select audit_event.at from audit_event where audit_event.seq > $1 order by audit_event.seq limit 1)
    as first,
  (select audit_event.at from audit_event order by audit_event.seq limit 1) as begun
