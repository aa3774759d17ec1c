-- How many people who were reached in a year to the end of a quarter have a score of each scale in it, valid scores before and
-- after, and by how these changed: of several services the change whose later score is the last, of one day an exit, then by
-- service. All of the services of one owner alone: the programme, or a provider. After fill-reached-use in the same
-- transaction. $1 dataset, $2 first quarter of the year, $3 last quarter, $4 scales: {instrument, sub_scale, direction, by} each,
-- $5 windows: {instrument, sub_scale, point, earliest, latest} each, $6 owners, $7 numbers, $8 codes of services: three for each
-- service of an owner.
-- Grain: one row per owner and scale with a score of anybody. Result: owner, instrument, subScale, scored, paired, improved,
--   worse: the last two of scales with a direction and a least change alone.
-- Never null: owner, instrument, subScale, scored, paired, improved, worse
with scale as (
  select * from jsonb_to_recordset($4::jsonb) as r (instrument text, sub_scale text, direction integer, by integer)
), member as (
  select * from unnest($6::smallint[], $7::smallint[], $8::text[]) as m (owner, number, service)
), changed_or_reached as (
  select m.owner, c.beneficiary_id, c.instrument, c.sub_scale, c.change, c.day, c.is_exit, c.service, false as is_reached
  from person_change($1::dataset, $2, $3, $5::jsonb) c
  join member m on m.service = c.service
  union all
  select distinct m.owner, u.beneficiary_id, null, null, null::float8, null::date, null::boolean, null, true
  from reached_use u
  join member m on m.number = u.service
  where u.quarter between quarter_year($2) * 4 + quarter_of_year($2) - 1
    and quarter_year($3) * 4 + quarter_of_year($3) - 1
), known as (
  -- A window and no join: PostgreSQL takes those with scores for hardly any, and would look at everybody reached for each.
  select owner, beneficiary_id, instrument, sub_scale, change, day, is_exit, service,
    bool_or(is_reached) over (partition by owner, beneficiary_id) as was_reached
  from changed_or_reached
), person as (
  select distinct on (owner, instrument, sub_scale, beneficiary_id) owner, instrument, sub_scale, change
  from known
  where was_reached and instrument is not null
  order by owner, instrument, sub_scale, beneficiary_id, change is null, day desc, is_exit desc, service collate "C"
)
select p.owner, p.instrument, p.sub_scale as "subScale", count(*)::int as scored, count(p.change)::int as paired,
  count(*) filter (where s.direction <> 0 and p.change * s.direction >= s.by)::int as improved,
  count(*) filter (where s.direction <> 0 and -p.change * s.direction >= s.by)::int as worse
from person p
join scale s on s.instrument = p.instrument and s.sub_scale = p.sub_scale
group by p.owner, p.instrument, p.sub_scale
