-- Claims the oldest mail that is owed, so that nobody else sends it; one whose sender died is claimed again after ten minutes,
-- and one that failed as well, later each time and after an hour at most, for a week. $1 now.
-- Grain: one row, or none. Result: id, kind, to, reference, service, serviceName, quarter,
-- fileKind, isStaging. Never null: serviceName, isStaging
with owed as (
  select id from outbox
  where sent_at is null and made_at > $1::timestamptz - interval '7 days'
    and (claimed_at is null
      or claimed_at < $1::timestamptz - least(interval '10 minutes' * tries, interval '1 hour'))
  order by made_at, id
  limit 1
  for update skip locked
), claimed as (
  update outbox set claimed_at = $1, tries = tries + 1 from owed where outbox.id = owed.id
  returning outbox.id, outbox.kind, outbox.user_id, outbox.submission_id
)
select claimed.id, claimed.kind, portal_user.email as "to", s.reference, s.service_code as service,
  name_in_quarter('service', service.code, s.quarter, service.name) as "serviceName", s.quarter, s.file_kind as "fileKind",
  s.dataset = 'staging' as "isStaging"
from claimed
join portal_user on portal_user.id = claimed.user_id
join submission s on s.id = claimed.submission_id
join service on service.code = s.service_code
