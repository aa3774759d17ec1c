-- How many people who were reached in a year to the end of a quarter have a score of each scale in it, valid scores before and
-- after, and by how these changed: of several services the change whose later score is the last, of one day an exit, then by
-- service. After fill-reached-use in the same transaction. $1 dataset, $2 first quarter of the year, $3 last quarter,
-- $4 scales: {instrument, sub_scale, direction, by} each, $5 windows: {instrument, sub_scale, point, earliest, latest} each.
-- Grain: one row per scale with a score of anybody. Result: instrument, subScale, scored, paired, improved, worse: the last
--   two of scales with a direction and a least change alone.
-- Never null: instrument, subScale, scored, paired, improved, worse
with scale as (
  select * from jsonb_to_recordset($4::jsonb) as r (instrument text, sub_scale text, direction integer, by integer)
), reached as (
  select distinct beneficiary_id
  from reached_use
  where quarter between quarter_year($2) * 4 + quarter_of_year($2) - 1 and quarter_year($3) * 4 + quarter_of_year($3) - 1
), person as (
  select distinct on (c.instrument, c.sub_scale, c.beneficiary_id) c.instrument, c.sub_scale, c.change
  from person_change($1::dataset, $2, $3, $5::jsonb) c
  join reached e on e.beneficiary_id = c.beneficiary_id
  order by c.instrument, c.sub_scale, c.beneficiary_id, c.change is null, c.day desc, c.is_exit desc, c.service collate "C"
)
select p.instrument, p.sub_scale as "subScale", count(*)::int as scored, count(p.change)::int as paired,
  count(*) filter (where s.direction <> 0 and p.change * s.direction >= s.by)::int as improved,
  count(*) filter (where s.direction <> 0 and -p.change * s.direction >= s.by)::int as worse
from person p
join scale s on s.instrument = p.instrument and s.sub_scale = p.sub_scale
group by p.instrument, p.sub_scale
