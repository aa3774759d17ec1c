-- Claims a reminder that is due and was not sent: a week before the deadline of a service, from its day on, and a week after;
-- none where a file or a nil return came. What was sent for a deadline that was moved since is forgotten, and goes again by the
-- new one the next time that this is asked. $1 today, $2 quarters, $3 now.
-- Grain: one row, or none. Result: service, serviceName, provider, quarter, stage, due, words.
-- Never null: service, serviceName, provider, quarter, stage, due, words
with place as (
  select s.code, q.quarter, coalesce(x.until, r.deadline, quarter_last_day(q.quarter) + 30) as due
  from unnest($2::text[]) as q (quarter)
  cross join service s
  left join reporting_quarter r on r.quarter = q.quarter
  left join lateral (
    select until from extension where service_code = s.code and quarter = q.quarter order by id desc limit 1) as x on true
  where s.stage = 'production' and (s.closed_after is null or q.quarter <= s.closed_after)
    and (not coalesce(r.closed, false) or x.until is not null)
    and exists (
      select from agreement a
       where a.service_code = s.code and a.valid_from <= quarter_last_day(q.quarter)
         and coalesce(agreement_last_day(a.valid_to, a.ended_on), 'infinity') >= quarter_last_day(q.quarter))
    and not exists (select from nil_return n where n.service_code = s.code and n.quarter = q.quarter)
    and not exists (
      select from submission f
       where f.dataset = 'production' and f.service_code = s.code and f.quarter = q.quarter and f.file_kind = 'people'
         and f.state in ('accepted', 'pseudonymised', 'linked'))
), staged as (
  select code, quarter, due,
         case when $1::date between due - 7 and due - 1 then 'before'
              when $1::date between due and due + 6 then 'on'
              when $1::date between due + 7 and due + 30 then 'after' end as stage
    from place
), moved as (
  delete from reminder m using place p
   where m.service_code = p.code and m.quarter = p.quarter
     and (m.sent_at at time zone 'Europe/London')::date < p.due + case m.stage when 'before' then -7 when 'on' then 0 else 7 end
), claimed as (
  insert into reminder (service_code, quarter, stage, sent_at)
  select code, quarter, stage, $3::timestamptz from staged
   where stage is not null and not exists (
     select from reminder m
      where m.service_code = staged.code and m.quarter = staged.quarter and m.stage = staged.stage)
   order by due, code limit 1
  on conflict do nothing
  returning service_code, quarter, stage
)
select claimed.service_code as service, name_in_quarter('service', s.code, claimed.quarter, s.name) as "serviceName",
  s.provider_code as provider, claimed.quarter, claimed.stage, staged.due::text as due, s.reminder as words
from claimed
join service s on s.code = claimed.service_code
join staged on staged.code = claimed.service_code and staged.quarter = claimed.quarter
