-- Projects whose key serves nothing more: they have ended, and what they were given was destroyed. $1 today.
-- Grain: one row per project. Result: id, reference.
select p.id, p.reference
from research_project p
where p.ends_on < $1 and p.key_destroyed_at is null
  and not exists (select from research_extract e where e.project_id = p.id and e.made_at is not null and e.destroyed_on is null)
order by p.id
