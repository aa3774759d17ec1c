-- Removes sealed files that had their time, or whose project has ended. $1 made before, $2 today. No result.
update research_extract e
set sealed = null
from research_project p
where p.id = e.project_id and e.sealed is not null and (e.made_at < $1 or e.expires_on < $2 or p.ends_on < $2)
