-- Records that carry any of some pseudonyms, and what of each there is, whichever files they came by.
-- {dataset} names the partitions; $1 pseudonyms. Grain: one row per record. Result: id, beneficiary_id, submission, service,
--   quarter, source_row, role, and columns, an object of those that are filled.
-- Never null: id, submission, service, quarter, source_row, role, columns
with carrier as (
  select record_id from evidence_{dataset} where value = any ($1::uuid[])
  union
  select record_id from recent_evidence_{dataset} where value = any ($1::uuid[])
), listed as (
  -- who carries one, and all that are counted as the same people
  select record_id from carrier
  union
  select other.record_id
  from carrier
  join link_{dataset} l on l.record_id = carrier.record_id
  join link_{dataset} other on other.beneficiary_id = l.beneficiary_id
)
select r.id, l.beneficiary_id, s.reference as submission, s.service_code as service, s.quarter, r.source_row, r.role,
  jsonb_strip_nulls(to_jsonb(r)) as columns
from listed
join record_{dataset} r on r.id = listed.record_id
join submission s on s.id = r.submission_id
left join link_{dataset} l on l.record_id = r.id
order by r.id
