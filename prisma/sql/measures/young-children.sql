-- Children younger than an age at the end of a period who were reached in it, by ward: docs/measures.md, and measureYoung in
-- lib/core/measures. $1 dataset, $2 first quarter, $3 last quarter, $4 age in years.
-- Grain: one row per ward of the programme with any, and one for all of them together, where each child counts once; of one
--   statement, so of one moment.
-- Result: is_whole, ward, people, lower, upper; and in every row the same, of_no_ward: such children whom no record places in a
--   ward, and of_no_birth: children reached whose birth is not known.
-- Never null: is_whole, ward, people, lower, upper, of_no_ward, of_no_birth
with reached as materialized (
  select l.beneficiary_id, l.lower_id, l.upper_id, l.nhs_id, coalesce(r.ward, '') as ward, r.birth
  from submission s
  join record r on r.dataset = $1 and r.submission_id = s.id
  join link l on l.dataset = $1 and l.record_id = r.id
  where s.dataset = $1 and s.file_kind = 'people' and s.state = 'linked' and s.quarter between $2 and $3 and r.role = 'child'
    and is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, quarter_first_day(s.quarter),
      quarter_last_day(s.quarter))
), born as materialized (
  -- the earliest birth that any record gives
  select beneficiary_id, min(birth collate "C") as birth from reached group by beneficiary_id
), young as materialized (
  select r.*
  from reached r
  join born b using (beneficiary_id)
  where length(b.birth) = 7 and b.birth > to_char(quarter_last_day($3) - make_interval(years => $4::int), 'YYYY-MM')
), placed as materialized (
  select * from young where ward <> ''
), nowhere as (
  select beneficiary_id from young except select beneficiary_id from placed
), component as (
  select false as is_whole, ward, lower_id, greatest(1, count(distinct nhs_id)) as least from placed group by ward, lower_id
  union all
  select true, '', lower_id, greatest(1, count(distinct nhs_id)) from placed group by lower_id
), people as (
  select false as is_whole, ward, count(distinct beneficiary_id) as people, count(distinct upper_id) as upper
  from placed group by ward
  union all
  select true, '', count(distinct beneficiary_id), count(distinct upper_id) from placed
), lower as (
  select is_whole, ward, sum(least) as lower from component group by is_whole, ward
)
select p.is_whole, p.ward, p.people::int as people, coalesce(l.lower, 0)::int as lower, p.upper::int as upper,
  (select count(*) from nowhere)::int as of_no_ward,
  (select count(*) from born where birth is null)::int as of_no_birth
from people p
left join lower l on (l.is_whole, l.ward) = (p.is_whole, p.ward)
order by p.is_whole, p.ward collate "C"
