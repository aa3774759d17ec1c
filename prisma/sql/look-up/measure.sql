-- How many look-ups there were between two days, in London. $1 first day, $2 last day. One row.
-- Never null: look_ups, sign_ins, practitioners, found, opened
with asked as (
  select id, asked_by, people, (asked_at at time zone 'Europe/London')::date as day
    from look_up
   where (asked_at at time zone 'Europe/London')::date between $1::date and $2::date
)
select count(*)::integer as look_ups,
       count(distinct (asked_by, day))::integer as sign_ins,
       count(distinct asked_by)::integer as practitioners,
       count(*) filter (where people > 0)::integer as found,
       (
         select count(*)
           from look_up_seen seen
           join asked on asked.id = seen.look_up_id
          where seen.opened_at is not null
       )::integer as opened
from asked
