-- Notes that a restore is done. No parameters. No result.
drop table public.restore_under_way
