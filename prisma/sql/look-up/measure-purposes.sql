-- Look-ups between two days by purpose. $1 first day, $2 last day. Grain: one row per purpose. Result: code, count.
-- Never null: code, count
select purpose as code, count(*)::integer as count
from look_up
where (asked_at at time zone 'Europe/London')::date between $1::date and $2::date
group by purpose
order by purpose
