-- How many clients of a service's latest earlier quarter are in a submission again.
-- $1 dataset, $2 submission. Result: one row, or none when there is no earlier quarter: quarter, clients, returning.
with arriving as (
  select id, service_code, quarter from submission where id = $2
), earlier as (
  select s.id, s.quarter
  from submission s
  join arriving a on a.service_code = s.service_code and s.quarter < a.quarter
  where s.dataset = $1 and s.state = 'linked'
  order by s.quarter desc
  limit 1
), earlier_client as (
  select distinct r.client_pseudonym as client
  from record r join earlier on r.submission_id = earlier.id
  where r.dataset = $1
), client_now as (
  select distinct client_pseudonym as client from record where dataset = $1 and submission_id = $2
)
select (select quarter from earlier) as quarter, count(*)::int as clients, count(client_now.client)::int as returning
from earlier_client
left join client_now using (client)
having count(*) > 0
