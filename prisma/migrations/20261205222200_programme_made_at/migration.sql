-- When the programme was made: nobody is told how the work went in quarters before there was any. One that is older than this column is
-- as old as the first entry of its audit trail.
alter table programme add column made_at timestamptz not null default now();
update programme set made_at = coalesce((select min(at) from audit_event), made_at);
