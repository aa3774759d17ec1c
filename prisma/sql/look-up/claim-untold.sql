-- Takes the oldest look-up with an alarm that nobody was told of, and marks it as told. $1 now. One row or none: reference,
--   alarms.
update look_up
   set told_at = $1
 where id = (
   select id from look_up where alarms <> '{}' and told_at is null order by id limit 1 for update skip locked)
returning reference, alarms
