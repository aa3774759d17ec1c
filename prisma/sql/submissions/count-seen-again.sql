-- How many clients of a submission were in an earlier quarter's of its service, whichever; in a bridge quarter under the key that
-- knows more of them. $1 dataset, $2 submission; $3 submissions and $4 clients, in one order, who were taken out untold.
-- Grain: one row. Result: clients, null where the service has no earlier quarter.
with earlier as (
  select s.id
  from submission s
  join submission a on a.id = $2 and (a.service_code, a.file_kind) = (s.service_code, s.file_kind) and s.quarter < a.quarter
  where s.dataset = $1 and s.state = 'linked'
), seen as (
  select r.epoch, count(distinct r.client_pseudonym)::int as clients
  from record r
  where r.dataset = $1 and r.submission_id = $2
    and r.client_pseudonym in (
      select client_pseudonym from record where dataset = $1 and submission_id in (select id from earlier)
      union all
      select u.client from unnest($3::bigint[], $4::uuid[]) as u (submission_id, client)
      where u.submission_id in (select id from earlier))
  group by r.epoch
)
select case when exists (select from earlier) then coalesce((select max(clients) from seen), 0) end as clients
