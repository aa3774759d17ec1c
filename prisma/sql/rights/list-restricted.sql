-- Every record that is kept apart, with where it is of. No parameters. Grain: one row per record.
-- Result: id, dataset, submission, service, quarter, source_row, role, platform_keys, kept.
select x.record_id as id, x.dataset, s.reference as submission, s.service_code as service, s.quarter, x.source_row, x.role,
  x.platform_keys, x.kept
from restricted_record x
join submission s on s.id = x.submission_id
order by x.record_id
