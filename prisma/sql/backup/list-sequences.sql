-- How far the sequences of the programme have counted. No parameters.
-- Grain: one row a sequence, by name. Result: name, last (null where it has not begun).
-- Never null: name
select sequencename::text as name, last_value::text as last
  from pg_sequences
 where schemaname = 'public'
 order by sequencename
