-- Whether there is a table of programmes. No parameters. Result: one row, begun.
-- Never null: begun
select to_regclass('public.programme') is not null as begun
