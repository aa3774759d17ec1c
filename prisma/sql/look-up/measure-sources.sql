-- Sources in look-ups between two days: in how many each had records to show, and how often it was opened. $1 first day, $2
--   last day.
-- Grain: one row per source. Result: name, shown, opened.
-- Never null: name, shown, opened
select service.name, count(*) filter (where seen.shown = 'records')::integer as shown, count(seen.opened_at)::integer as opened
from look_up_seen seen
join look_up on look_up.id = seen.look_up_id
join service on service.code = seen.source
where (look_up.asked_at at time zone 'Europe/London')::date between $1::date and $2::date
group by service.code, service.name
order by service.name
