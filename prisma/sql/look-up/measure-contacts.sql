-- Look-ups between two days by when somebody was reached, where that was answered. $1 first day, $2 last day. Grain: one row per
--   answer. Result: code, count.
-- Never null: code, count
select contact as code, count(*)::integer as count
from look_up
where contact is not null and (asked_at at time zone 'Europe/London')::date between $1::date and $2::date
group by contact
order by contact
