-- Every record of somebody reached up to a quarter: who is reached is what is_reached says.
-- $1 dataset, $2 last quarter, $3 services, $4 strands: the number of each service's, $5 wards, $6 first ward's number,
-- $7 genders, $8 ethnicities, $9 first ages of the bands.
with listed_service as (
  select code, number - 1 as service, strand
  from unnest($3::text[], $4::smallint[]) with ordinality as listed (code, strand, number)
), counted_submission as materialized (
  select s.id, v.service, v.strand, s.counting,
    quarter_year(s.quarter) as year,
    quarter_of_year(s.quarter) - 1 as quarter_of_year,
    quarter_first_day(s.quarter) as first_day, quarter_last_day(s.quarter) as last_day,
    -- the last month of the quarter: 12 times the year, and 1 to 12
    (extract(year from quarter_last_day(s.quarter)) * 12 + extract(month from quarter_last_day(s.quarter)))::int as last_month
  from submission s
  join listed_service v on v.code = s.service_code
  where s.dataset = $1 and s.file_kind = 'people' and s.state = 'linked' and s.quarter <= $2
), listed_ward as (
  select code, $6::int + number - 1 as place from unnest($5::text[]) with ordinality as listed (code, number)
)
insert into reached_use
select l.beneficiary_id, l.family_id, l.upper_id, l.lower_id, l.nhs_id,
  s.service, s.strand, s.year, s.year * 4 + s.quarter_of_year,
  pack_quarter(s.quarter_of_year + 1, r.role = 'child'),
  -- 2 outside, 3 not known, 4 in the area without its ward
  coalesce(w.place, case when r.in_area = 'yes' then 4 when r.in_area = 'no' or r.ward is not null then 2 else 3 end),
  coalesce(array_position($7::text[], r.gender), array_length($7::text[], 1)) - 1,
  coalesce(array_position($8::text[], r.ethnicity), array_length($8::text[], 1)) - 1,
  -- by month for those under 16, else by year; the last band is of those whose age is not known
  coalesce(width_bucket(
    case length(r.birth)
      when 7 then greatest(0, s.last_month - left(r.birth, 4)::int * 12 - right(r.birth, 2)::int) / 12
      when 4 then greatest(0, (s.last_month - 1) / 12 - r.birth::int)
    end, $9::int[]), array_length($9::int[], 1) + 1) - 1
from counted_submission s
join record r on r.dataset = $1 and r.submission_id = s.id
join link l on l.dataset = $1 and l.record_id = r.id
left join listed_ward w on w.code = r.ward
where is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting, s.first_day, s.last_day)
