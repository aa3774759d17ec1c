-- Look-ups of whoever carries any of some marks. $1 sealed pseudonyms. Grain: one row per look-up and field that agrees, the
--   newest
--   first, 1000 at most. Result: reference, field.
select l.reference, mark.field
from look_up_mark mark
join look_up l on l.id = mark.look_up_id
where mark.sealed = any ($1::uuid[])
group by l.id, l.reference, mark.field
order by l.id desc, mark.field
limit 1000
