-- How far an ask is. $1 ask. Grain: one row, or none when it is gone. Result: takenAt, isSilent (its worker was not heard of
--   for two
-- seconds, so that another takes it over), answer. Never null: isSilent.
select taken_at as "takenAt", coalesce(heard_at < now() - interval '2 seconds', false) as "isSilent", answer
from ask where id = $1
