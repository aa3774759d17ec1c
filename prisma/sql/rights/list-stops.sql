-- Who is kept out of what comes, or set apart of it: the marks of every person who asked for that and was granted it, and for
--   whom it was not lifted.
-- No parameters. Grain: one row per mark. Result: request_id, kind, field, sealed, platform_keys, epoch.
select m.request_id, r.kind, m.field, m.sealed, m.platform_keys, m.epoch
from rights_mark m
join rights_request r on r.id = m.request_id
where r.state = 'done' and r.kind in ('erasure', 'objection', 'restriction') and r.outcome <> 'lifted'
