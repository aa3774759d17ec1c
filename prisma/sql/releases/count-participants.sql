-- How many people whom a service reached in a quarter came to an activity that a file of its for that quarter names. All of the
-- services of one owner alone: the programme, or a provider. After fill-reached-use in the same transaction. $1 dataset, $2 last
-- quarter, $3 owners, $4 services by their numbers, $5 their codes: one of each for each service of an owner.
-- Grain: one row per owner, scope (level 0 all its services, 1 those of a strand, 2 a service), year and set of quarters.
-- Result: owner, level, scope, year, quarters (bit 0 the first of the year), people.
-- Never null: owner, level, scope, year, quarters, people
with member as (
  select * from unnest($3::smallint[], $4::smallint[], $5::text[]) as m (owner, service, code)
), came as (
  select distinct l.beneficiary_id, v.service, quarter_year(s.quarter) * 4 + quarter_of_year(s.quarter) - 1 as quarter
  from submission s
  join (select distinct service, code from member) v on v.code = s.service_code
  join attendance t on t.submission_id = s.id
  join link l on l.dataset = $1::dataset and l.record_id = t.record_id
  where s.dataset = $1::dataset and s.state = 'linked' and s.quarter <= $2
), participant as (
  select distinct u.beneficiary_id, u.service, u.strand, u.year, u.quarter
  from reached_use u
  join came c on c.beneficiary_id = u.beneficiary_id and c.service = u.service and c.quarter = u.quarter
), owned as (
  select m.owner, p.* from participant p join member m on m.service = p.service
), scoped as (
  select owner, 2 as level, service::int as scope, beneficiary_id, year, quarter from owned
  union all
  select owner, 1, strand, beneficiary_id, year, quarter from owned
  union all
  select owner, 0, 0, beneficiary_id, year, quarter from owned
), by_year as (
  select owner, level, scope, year::int as year, bit_or(1 << quarter % 4) as quarters
  from scoped
  group by owner, level, scope, beneficiary_id, year
)
select owner, level, scope, year, quarters, count(*)::int as people
from by_year
group by owner, level, scope, year, quarters
