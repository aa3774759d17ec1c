-- Keeps who would join and part. $1 the act, $2 a JSON array of { kind, people, into_people, rules, services }. No result.
insert into relink_change (act_id, number, kind, people, into_people, rules, services)
select $1, (row_number() over ())::int, c.kind, c.people, c.into_people, c.rules, c.services
from jsonb_to_recordset($2::jsonb) as c (kind text, people text[], into_people int, rules text[], services text[])
