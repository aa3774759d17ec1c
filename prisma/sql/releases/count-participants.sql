-- How many people whom a service reached in a quarter came to an activity that a file of its for that quarter names. After
-- fill-reached-use in the same transaction. $1 dataset, $2 last quarter, $3 services by their numbers.
-- Grain: one row per scope (level 0 all services, 1 a strand, 2 a service), year and set of quarters.
-- Result: level, scope, year, quarters (bit 0 the first of the year), people.
-- Never null: level, scope, year, quarters, people
with listed_service as (
  select code, number - 1 as service from unnest($3::text[]) with ordinality as listed (code, number)
), came as (
  select distinct l.beneficiary_id, v.service, quarter_year(s.quarter) * 4 + quarter_of_year(s.quarter) - 1 as quarter
  from submission s
  join listed_service v on v.code = s.service_code
  join attendance t on t.submission_id = s.id
  join link l on l.dataset = $1::dataset and l.record_id = t.record_id
  where s.dataset = $1::dataset and s.state = 'linked' and s.quarter <= $2
), participant as (
  select distinct u.beneficiary_id, u.service, u.strand, u.year, u.quarter
  from reached_use u
  join came c on c.beneficiary_id = u.beneficiary_id and c.service = u.service and c.quarter = u.quarter
), scoped as (
  select 2 as level, service::int as scope, beneficiary_id, year, quarter from participant
  union all
  select 1, strand, beneficiary_id, year, quarter from participant
  union all
  select 0, 0, beneficiary_id, year, quarter from participant
), by_year as (
  select level, scope, year::int as year, bit_or(1 << quarter % 4) as quarters
  from scoped
  group by level, scope, beneficiary_id, year
)
select level, scope, year, quarters, count(*)::int as people
from by_year
group by level, scope, year, quarters
