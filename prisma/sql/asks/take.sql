-- Takes the ask that has waited longest, for this worker alone: one that nobody took, or whose worker was not heard of for five
-- seconds. One that was taken three times is left alone. No parameters. Grain: one row, or none. Result: id, sealed.
update ask set taken_at = now(), heard_at = now(), takes = takes + 1
where id = (
  select id from ask
  where answer is null and takes < 3 and (taken_at is null or heard_at < now() - interval '5 seconds')
  order by asked_at limit 1 for update skip locked
)
returning id, sealed
