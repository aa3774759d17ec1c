-- Notes that a restore is under way: in the transaction that loads, so that nobody opens what it leaves half done.
-- No parameters. No result.
create table public.restore_under_way ()
