-- Deletes records of a submission that are linked to nobody yet, by their rows, with attendances, scores and involvements.
-- {dataset} names the partition; $1 submission, $2 rows, $3 roles in their order. No result.
with gone as (
  select r.id
  from record_{dataset} r
  join unnest($2::int[], $3::text[]) as place (source_row, role) on (r.source_row, r.role) = (place.source_row, place.role)
  where r.submission_id = $1
), attendances as (
  delete from attendance a using gone where a.record_id = gone.id
), scores as (
  delete from score c using gone where c.record_id = gone.id
), involvements as (
  delete from involvement i using gone where i.record_id = gone.id
)
delete from record_{dataset} r using gone where r.id = gone.id
