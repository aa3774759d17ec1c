-- Children younger than an age at the end of a period who were reached in it, by ward and age: docs/measures.md, and measureYoung
-- in lib/core/measures. $1 dataset, $2 first quarter, $3 last quarter, $4 age in years.
-- Grain: one row per ward of the programme and age with any, per ward (age null), per age (ward blank), and one for all of them
--   together, where each child counts once; of one statement, so of one moment.
-- Result: ward, age, people, lower, upper; and in every row the same, of_no_ward: such children whom no record places in a
--   ward, and of_no_birth: children reached whose birth is not known.
-- Never null: ward, people, lower, upper, of_no_ward, of_no_birth
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
), aged as materialized (
  select beneficiary_id,
    greatest(0, extract(year from quarter_last_day($3))::int - left(birth, 4)::int
      - (right(birth, 2) > to_char(quarter_last_day($3), 'MM'))::int) as age
  from born
  where length(birth) = 7
), young as materialized (
  select r.*, a.age from reached r join aged a using (beneficiary_id) where a.age < $4::int
), placed as materialized (
  select * from young where ward <> ''
), nowhere as (
  select beneficiary_id from young except select beneficiary_id from placed
), component as (
  select coalesce(ward, '') as ward, coalesce(age, -1) as age, lower_id, greatest(1, count(distinct nhs_id)) as least
  from placed
  group by grouping sets ((ward, age, lower_id), (ward, lower_id), (age, lower_id), (lower_id))
), people as (
  select coalesce(ward, '') as ward, coalesce(age, -1) as age, count(distinct beneficiary_id) as people,
    count(distinct upper_id) as upper
  from placed
  group by grouping sets ((ward, age), (ward), (age), ())
), lower as (
  select ward, age, sum(least) as lower from component group by ward, age
)
select p.ward, nullif(p.age, -1) as age, p.people::int as people, coalesce(l.lower, 0)::int as lower, p.upper::int as upper,
  (select count(*) from nowhere)::int as of_no_ward,
  (select count(*) from born where birth is null)::int as of_no_birth
from people p
left join lower l on (l.ward, l.age) = (p.ward, p.age)
order by p.ward collate "C", p.age = -1, p.age
