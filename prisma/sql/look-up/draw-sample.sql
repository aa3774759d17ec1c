-- Draws look-ups to be checked, those with an alarm first and the rest by lot. $1 now, $2 days back, $3 how many. Result:
--   how many were
--   drawn.
update look_up
   set sampled_at = $1
 where id in (
   select id from look_up
    where sampled_at is null and asked_at > $1::timestamptz - make_interval(days => $2)
    order by (alarms <> '{}') desc, random()
    limit $3)
