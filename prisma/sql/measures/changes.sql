-- How scores of the same people changed in a period: docs/measures.md, and measureChanges in lib/core/measures.
-- $1 dataset, $2 first quarter, $3 last quarter, $4 scales: {instrument, sub_scale, direction, by} each,
-- $5 windows: {instrument, sub_scale, point, earliest, latest} each. Sums are of thousandths.
-- Grain: one row per service and scale with a score of somebody in the period (services null), and one per scale and number of
--   services that reached people in the period (service null).
-- Result: service, services, instrument, subScale, paired, change, squares, improved, worse, baseline, baselineOnly,
--   onlyBaseline, noBaseline.
-- Never null: instrument, subScale, paired, change, squares, baseline, baselineOnly, onlyBaseline, noBaseline
with scale as (
  select * from jsonb_to_recordset($4::jsonb) as r (instrument text, sub_scale text, direction integer, by integer)
), time_window as (
  select * from jsonb_to_recordset($5::jsonb)
    as w (instrument text, sub_scale text, point text, earliest integer, latest integer)
), given as (
  select s.service_code as service, c.instrument, c.sub_scale, l.beneficiary_id, c.time_point, c.day, s.quarter, c.thousandths,
    w.earliest, w.latest
  from submission s
  join score c on c.submission_id = s.id
  join link l on l.dataset = $1::dataset and l.record_id = c.record_id
  join time_window w on w.instrument = c.instrument and w.sub_scale = c.sub_scale and w.point = c.time_point
  where s.dataset = $1::dataset and s.state = 'linked' and s.quarter <= $3
), once as (
  -- one score of a time point and day: of several files the last one's, of several in one quarter the highest
  select service, instrument, sub_scale, beneficiary_id, time_point, day, earliest, latest, max(quarter) >= $2 as is_in,
    (array_agg(thousandths order by quarter desc, thousandths desc))[1]::float8 as thousandths
  from given
  group by service, instrument, sub_scale, beneficiary_id, time_point, day, earliest, latest
), used as materialized (
  select beneficiary_id, service, start_date, is_reached from person_use($1::dataset, $2, $3)
), started as (
  select beneficiary_id, service, start_date from used where start_date is not null
), reached_by as (
  select beneficiary_id, count(*)::int as services from used where is_reached group by beneficiary_id
), baseline as (
  select distinct on (o.service, o.instrument, o.sub_scale, o.beneficiary_id)
    o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.day, o.thousandths
  from once o
  left join started u on u.beneficiary_id = o.beneficiary_id and u.service = o.service
  where o.time_point = 'baseline'
    and (u.start_date is null
      or (o.day - u.start_date >= coalesce(o.earliest, -1000000) and o.day - u.start_date <= coalesce(o.latest, 1000000)))
  order by o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.day
), later as (
  select distinct on (o.service, o.instrument, o.sub_scale, o.beneficiary_id)
    o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.thousandths
  from once o
  join baseline b on b.service = o.service and b.instrument = o.instrument and b.sub_scale = o.sub_scale
    and b.beneficiary_id = o.beneficiary_id
  where o.is_in and o.time_point <> 'baseline' and o.day >= b.day
    and o.day - b.day >= coalesce(o.earliest, -1000000) and o.day - b.day <= coalesce(o.latest, 1000000)
  order by o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.day desc, o.time_point = 'exit' desc
), person as (
  select service, instrument, sub_scale, beneficiary_id
  from once
  group by service, instrument, sub_scale, beneficiary_id
  having bool_or(is_in)
), compared as (
  select p.service, p.instrument, p.sub_scale, coalesce(u.services, 0) as services, b.thousandths as baseline,
    t.thousandths - b.thousandths as change
  from person p
  left join reached_by u on u.beneficiary_id = p.beneficiary_id
  left join baseline b on b.service = p.service and b.instrument = p.instrument and b.sub_scale = p.sub_scale
    and b.beneficiary_id = p.beneficiary_id
  left join later t on t.service = p.service and t.instrument = p.instrument and t.sub_scale = p.sub_scale
    and t.beneficiary_id = p.beneficiary_id
)
select c.service collate "C" as service, c.services,
  c.instrument collate "C" as instrument, c.sub_scale collate "C" as "subScale",
  count(c.change)::int as paired, coalesce(sum(c.change), 0)::float8 as change,
  coalesce(sum(c.change * c.change), 0)::float8 as squares,
  case when s.direction <> 0 and s.by is not null
    then count(*) filter (where c.change * s.direction >= s.by)::int end as improved,
  case when s.direction <> 0 and s.by is not null
    then count(*) filter (where -c.change * s.direction >= s.by)::int end as worse,
  coalesce(sum(c.baseline) filter (where c.change is not null), 0)::float8 as baseline,
  count(c.baseline) filter (where c.change is null)::int as "baselineOnly",
  coalesce(sum(c.baseline) filter (where c.change is null), 0)::float8 as "onlyBaseline",
  count(*) filter (where c.baseline is null)::int as "noBaseline"
from compared c
join scale s on s.instrument = c.instrument and s.sub_scale = c.sub_scale
group by grouping sets ((c.service, c.instrument, c.sub_scale, s.direction, s.by),
  (c.services, c.instrument, c.sub_scale, s.direction, s.by))
order by 1, 3, 4, 2
