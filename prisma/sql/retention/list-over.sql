-- Services of a live programme whose time ended before a day: the programme's, or that of all their agreements. A service that
-- never had one ends with the programme. $1 the day. Grain: one row per service. Result: code.
-- Never null: code
select s.code
from service s
cross join programme p
left join lateral (
  select case when count(*) = count(agreement_last_day(a.valid_to, a.ended_on))
    then max(agreement_last_day(a.valid_to, a.ended_on)) end as last_day
  from agreement a
  where a.service_code = s.code
) agreed on true
where p.live and (p.years_to < $1::date or agreed.last_day < $1::date)
order by s.code
