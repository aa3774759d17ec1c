-- Takes the ask that has waited longest, for this worker alone. No parameters. Grain: one row, or none. Result: id, sealed.
update ask set taken_at = now()
where id = (select id from ask where taken_at is null order by asked_at limit 1 for update skip locked)
returning id, sealed
