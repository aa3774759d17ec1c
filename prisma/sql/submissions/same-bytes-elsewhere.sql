-- Where the bytes of a submission were sent as well: another service or another quarter. $1 submission.
-- Grain: one row per kind. Result: kind (other-service or other-quarter). Never null: kind.
select distinct case when other.service_code <> s.service_code then 'other-service' else 'other-quarter' end as kind
from submission s
join submission other on other.file_digest = s.file_digest and other.dataset = s.dataset and other.id <> s.id
where s.id = $1 and other.state not in ('rejected', 'withdrawn')
  and (other.service_code <> s.service_code or other.quarter <> s.quarter)
order by 1
