-- Every service that is not closed, with where it is and what its checklist asks. $1 today. Bound by row-level security.
-- Grain: one row a service, by name. Result: the columns of Card.
-- Never null: code, name, provider, stage, since, agreed, senders, tried, linked, unanswered
select s.code, s.name, p.name as provider, s.stage, s.stage_since as since,
  exists (
    select from agreement a
     where a.service_code = s.code and a.valid_from <= $1::date
       and coalesce(agreement_last_day(a.valid_to, a.ended_on), 'infinity') >= $1::date
       and a.controller <> '' and a.lawful_basis is not null and a.assessment <> '' and a.privacy_notice <> '') as agreed,
  (select count(*)::int from portal_user u
    where u.provider_code = s.provider_code and u.disabled_at is null and u.role in ('provider', 'uploader')) as senders,
  (select count(*)::int from submission f
    where f.service_code = s.code and f.dataset = 'staging' and f.file_kind = 'people' and f.rows_read is not null) as tried,
  (select count(*)::int from submission f
    where f.service_code = s.code and f.dataset = 'staging' and f.file_kind = 'people' and f.state = 'linked') as linked,
  last.rows_accepted as "lastAccepted", last.rows_read - last.rows_blank - coalesce(last.rows_left_out, 0) as "lastRows",
  compared.own, compared.counted,
  (select count(*)::int from trial_feedback t where t.service_code = s.code and t.answer is null) as unanswered
from service s
join provider p on p.code = s.provider_code
left join lateral (
  select f.rows_accepted, f.rows_read, f.rows_blank, f.rows_left_out from submission f
   where f.service_code = s.code and f.dataset = 'staging' and f.file_kind = 'people' and f.rows_read is not null
   order by f.id desc limit 1) as last on true
left join lateral (
  select c.own, c.counted from staging_comparison c
   where c.service_code = s.code order by c.quarter desc limit 1) as compared on true
where s.closed_after is null
order by s.name, s.code
