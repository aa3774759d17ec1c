-- Feeds in use or loaded whose data are older than their source's rules keep them. $1 the day.
-- Grain: one row per submission, in the order in which they came. Result: reference. Never null: reference
select u.reference
from submission u
join source o on o.service_code = u.service_code
join lateral (
  select (v.rules ->> 'removalDays')::int as days
  from source_rules v
  where v.service_code = o.service_code
  order by v.version desc
  limit 1
) r on true
where u.state in ('pseudonymised', 'linked') and u.as_of < $1::date - r.days
order by u.id
