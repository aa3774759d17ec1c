-- Services in production and quarters, with when their file was due and came, and those back in staging with what came while they
-- were in production. $1 quarters, $2 service or null. Bound by row-level security.
-- Grain: one row for each service and quarter that it has an agreement for, by quarter, the latest first, and service.
-- Result: service, serviceName, provider, quarter, due, until, sentAt, nilAt, isOnItsWay.
-- Never null: service, serviceName, provider, quarter, due, isOnItsWay
select s.code as service, name_in_quarter('service', s.code, q.quarter, s.name) as "serviceName",
  name_in_quarter('provider', p.code, q.quarter, p.name) as provider, q.quarter,
  coalesce(x.until, r.deadline, quarter_last_day(q.quarter) + 30)::text as due, x.until::text as until,
  f.sent_at as "sentAt", n.declared_at as "nilAt", coalesce(f.on_its_way, false) as "isOnItsWay"
from unnest($1::text[]) as q (quarter)
cross join service s
join provider p on p.code = s.provider_code
left join reporting_quarter r on r.quarter = q.quarter
left join lateral (
  select until from extension where service_code = s.code and quarter = q.quarter order by id desc limit 1) as x on true
left join nil_return n on n.service_code = s.code and n.quarter = q.quarter
left join lateral (
  -- What took the place of another came when the first did, unless it was withdrawn: then nothing is there.
  select case when bool_or(state in ('accepted', 'pseudonymised', 'linked'))
           then min(received_at) filter (
             where state in ('accepted', 'pseudonymised', 'linked') or reason = 'replaced') end as sent_at,
         bool_or(state in ('received', 'mapped', 'checked') and file_id is not null) as on_its_way
    from submission
   where dataset = 'production' and service_code = s.code and quarter = q.quarter and file_kind = 'people') as f on true
where (s.stage = 'production' or f.sent_at is not null) and ($2::text is null or s.code = $2)
  and (s.closed_after is null or q.quarter <= s.closed_after)
  and exists (
    select from agreement a
     where a.service_code = s.code and a.valid_from <= quarter_last_day(q.quarter)
       and coalesce(agreement_last_day(a.valid_to, a.ended_on), 'infinity') >= quarter_last_day(q.quarter))
order by q.quarter desc, s.name, s.code
