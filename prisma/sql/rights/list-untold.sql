-- Clients who were taken out untold of a submission's service, in its quarter or an earlier one. $1 submission.
-- Grain: one row per submission, client and epoch. Result: submission, epoch, sealed, platform_keys, says, whole, telling.
-- Never null: submission, says, whole
select u.submission_id::text as submission, u.epoch, u.sealed, u.platform_keys, u.says::text as says, u.whole::text as whole,
  u.telling
from submission a
join submission s on (s.dataset, s.service_code, s.file_kind) = (a.dataset, a.service_code, a.file_kind)
  and s.quarter <= a.quarter
join untold_client u on u.submission_id = s.id
where a.id = $1 and s.id <> a.id and s.state = 'linked'
