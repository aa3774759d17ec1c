-- Claims an agreement that ends within 90, 30 or 7 days and whose people were not told at that stage, so that they are told once
-- at each. One that another goes on from, of a service that is closed, or that stands for a real one is left. $1 today.
-- Grain: one row, or none. Result: id, service, serviceName, provider, lastDay, daysLeft.
-- Never null: id, lastDay, daysLeft
with standing as (
  select a.id, a.service_code, agreement_last_day(a.valid_to, a.ended_on) as last_day, a.warned_days
    from agreement a join service s on s.code = a.service_code
   where not a.demonstration and s.closed_after is null
), ending as (
  select a.id, a.last_day, a.last_day - $1::date as days_left,
         case when a.last_day - $1::date <= 7 then 7 when a.last_day - $1::date <= 30 then 30 else 90 end as stage
    from standing a
   where a.last_day between $1::date and $1::date + 90
     and not exists (
       select from standing b
        where b.service_code = a.service_code and b.id <> a.id and coalesce(b.last_day, 'infinity') > a.last_day)
), claimed as (
  update agreement set warned_days = stage
    from (
      select e.* from ending e join agreement a on a.id = e.id
       where coalesce(a.warned_days, 1000) > e.stage
       order by e.last_day, e.id limit 1
       for update of a skip locked) as chosen
   where agreement.id = chosen.id
  returning agreement.id, agreement.service_code, chosen.last_day, chosen.days_left
)
select claimed.id::text, claimed.service_code as service, service.name as "serviceName",
       service.provider_code as provider, claimed.last_day::text as "lastDay", claimed.days_left as "daysLeft"
  from claimed join service on service.code = claimed.service_code
