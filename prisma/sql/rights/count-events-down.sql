-- Takes what rows of people who are erased say of activities and scores out of what the file of a submission came to,
-- whether they are among the records or kept apart. What the file said of others stays: it is told to who sent it.
-- {dataset} names the partition; $1 submission, $2 rows, $3 roles in their order. No result.
with place as (
  select source_row, role from unnest($2::int[], $3::text[]) as one (source_row, role)
), own as (
  select r.id from record_{dataset} r join place using (source_row, role) where r.submission_id = $1
), apart as (
  select x.record_id, x.kept from restricted_record x join place using (source_row, role) where x.submission_id = $1
), attended as (
  select a.record_id from attendance a join own on own.id = a.record_id
  union all
  select apart.record_id from apart cross join lateral jsonb_array_elements(coalesce(apart.kept -> 'attendances', '[]')) as each
), came as (
  select count(*)::int as attendances, count(distinct record_id)::int as people from attended
), score_of as (
  select c.record_id, c.instrument, c.sub_scale, c.time_point from score c join own on own.id = c.record_id
  union all
  select apart.record_id, each ->> 'instrument', each ->> 'sub_scale', each ->> 'time_point'
  from apart cross join lateral jsonb_array_elements(coalesce(apart.kept -> 'scores', '[]')) as each
), of_person as (
  select record_id, instrument, sub_scale, count(*) as scores, bool_or(time_point = 'baseline') as has_baseline,
    bool_or(time_point <> 'baseline') as has_later
  from score_of group by record_id, instrument, sub_scale
), scored as (
  select instrument, sub_scale, sum(scores)::int as scores, (count(*) filter (where has_baseline))::int as baseline,
    (count(*) filter (where has_later))::int as later, (count(*) filter (where has_baseline and has_later))::int as paired
  from of_person group by instrument, sub_scale
)
update submission s set events = case
  when s.events ? 'activities' then jsonb_build_object('activities', (s.events -> 'activities') || jsonb_build_object(
    'attendances', greatest(0, (s.events #>> '{activities,attendances}')::int - came.attendances),
    'people', greatest(0, (s.events #>> '{activities,people}')::int - came.people)))
  when s.events ? 'feed' then s.events
  else jsonb_build_object('scores', (
    select coalesce(jsonb_agg(each || jsonb_build_object(
      'scores', greatest(0, (each ->> 'scores')::int - coalesce(scored.scores, 0)),
      'baseline', greatest(0, (each ->> 'baseline')::int - coalesce(scored.baseline, 0)),
      'later', greatest(0, (each ->> 'later')::int - coalesce(scored.later, 0)),
      'paired', greatest(0, (each ->> 'paired')::int - coalesce(scored.paired, 0))) order by number), '[]')
    from jsonb_array_elements(s.events -> 'scores') with ordinality as listed (each, number)
    left join scored on scored.instrument = each ->> 'instrument' and scored.sub_scale = each ->> 'subScale'))
  end
from came
where s.id = $1 and s.events is not null
