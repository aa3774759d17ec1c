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
), changed_or_reached as (
  select c.beneficiary_id, c.service, c.instrument, c.sub_scale, c.baseline, c.change, 0 as reached
  from person_change($1::dataset, $2, $3, $5::jsonb) c
  union all
  select beneficiary_id, null, null, null, null::float8, null::float8, 1
  from person_use($1::dataset, $2, $3)
  where is_reached
), known as (
  -- A window and no join: PostgreSQL takes those with scores for hardly any, and would look at everybody reached for each.
  select service, instrument, sub_scale, baseline, change, (sum(reached) over (partition by beneficiary_id))::int as services
  from changed_or_reached
), compared as (
  select service, instrument, sub_scale, baseline, change, services from known where instrument is not null
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
