-- Puts records that were kept apart among the others again, with attendances, scores and involvements, and keeps them apart no
--   more.
-- {dataset} names the partition.
-- $1 records, $2 their pseudonyms as they are now, an object of columns each, $3 the submissions that they are put under, each in
--   one order. No result.
with given as (
  select record_id, pseudonyms::jsonb as pseudonyms, submission_id
  from unnest($1::bigint[], $2::text[], $3::bigint[]) as one (record_id, pseudonyms, submission_id)
), gone as (
  delete from restricted_record x
  using given
  where x.record_id = given.record_id
  returning x.kept || given.pseudonyms || jsonb_build_object('submission_id', given.submission_id) as kept
), attendances as (
  insert into attendance
  select a.*
  from gone
  cross join lateral jsonb_populate_recordset(null::attendance, coalesce(gone.kept -> 'attendances', '[]')) as a
), scores as (
  insert into score
  select c.*
  from gone
  cross join lateral jsonb_populate_recordset(null::score, coalesce(gone.kept -> 'scores', '[]')) as c
), involvements as (
  insert into involvement
  select i.*
  from gone
  cross join lateral jsonb_populate_recordset(null::involvement, coalesce(gone.kept -> 'involvements', '[]')) as i
)
insert into record_{dataset}
select r.*
from gone
cross join lateral jsonb_populate_record(null::record_{dataset}, gone.kept) as r
