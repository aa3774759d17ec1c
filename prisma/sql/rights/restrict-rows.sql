-- Keeps records of a submission apart, by their rows, with attendances, scores and involvements, for a
-- request; deleting them is another step. {dataset} names the
--   partition;
-- $1 submission, $2 rows, $3 roles in their order, $4 dataset, $5 request, $6 how many platform keys made them. No result.
insert into restricted_record (record_id, request_id, submission_id, dataset, source_row, role, platform_keys, kept)
select r.id, $5, r.submission_id, $4, r.source_row, r.role, $6, to_jsonb(r) || jsonb_build_object(
    'attendances', (select coalesce(jsonb_agg(to_jsonb(a) order by a.activity), '[]') from attendance a where a.record_id = r.id),
    'scores', (select coalesce(jsonb_agg(to_jsonb(c) order by c.instrument, c.sub_scale, c.day, c.time_point), '[]')
      from score c where c.record_id = r.id),
    'involvements', (select coalesce(jsonb_agg(to_jsonb(i) order by i.place), '[]') from involvement i where i.record_id = r.id))
from record_{dataset} r
join unnest($2::int[], $3::text[]) as place (source_row, role) on (r.source_row, r.role) = (place.source_row, place.role)
where r.submission_id = $1
on conflict do nothing
