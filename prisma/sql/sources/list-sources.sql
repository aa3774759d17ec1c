-- The sources of a look-up with the rules in force, the feed in use, and whether an agreement covers them on a day.
-- $1 the day, in London; $2 whether its particulars have to be there, as in a live programme.
-- Grain: one row per source. Result: code, name, provider, kind, area, coveredFrom, coveredTo, noRecord, version, rules,
--   rulesVersion, stage, asOf, receivedAt, isCovered.
-- Never null: code, name, provider, kind, area, coveredFrom, noRecord, version, rules, rulesVersion, stage, isCovered
select s.code, s.name, p.name as provider, o.kind, o.area, r.covered_from::text as "coveredFrom",
  r.covered_to::text as "coveredTo",
  o.no_record as "noRecord", o.version, r.rules, r.version as "rulesVersion", s.stage, f.as_of::text as "asOf",
  f.received_at as "receivedAt",
  exists (
    select from agreement a
    where a.service_code = s.code and a.valid_from <= $1::date and coalesce(a.valid_to, $1::date) >= $1::date
      and coalesce(a.ended_on, $1::date) >= $1::date and 'look-up' = any (a.purposes)
      and (not $2::boolean or (a.lawful_basis is not null and a.gateway is not null and a.assessment <> ''))
  ) as "isCovered"
from source o
join service s on s.code = o.service_code
join provider p on p.code = s.provider_code
join lateral (
  select v.rules, v.version, v.covered_from, v.covered_to
  from source_rules v
  where v.service_code = o.service_code
  order by v.version desc
  limit 1
) r on true
left join lateral (
  select u.as_of, u.received_at
  from submission u
  where u.dataset = 'production' and u.service_code = s.code and u.file_kind = o.kind and u.state = 'linked'
  order by u.id desc
  limit 1
) f on true
order by p.name, s.name
