-- Claims a request that waits and of which nobody was told, so that those who may approve it are told once. $1 now.
-- Grain: one row, or none. Result: reference, kind, asker (a name), askedBy, provider, expiresAt.
with untold as (
  select id from approval
   where told_at is null and outcome is null and expires_at > $1::timestamptz
   order by id
   limit 1
   for update skip locked
), claimed as (
  update approval set told_at = $1 from untold where approval.id = untold.id
  returning approval.reference, kind, provider_code, asked_by, expires_at
)
select claimed.reference, kind, portal_user.name as asker, asked_by as "askedBy", claimed.provider_code as provider,
  expires_at as "expiresAt"
from claimed join portal_user on portal_user.id = asked_by
