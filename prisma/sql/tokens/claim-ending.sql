-- Claims a token that ends within 14 days and whose people were not told, so that they are told once. $1 now.
-- Grain: one row, or none. Result: reference, service, serviceName, expiresAt, madeBy, approvedBy.
with ending as (
  select id from submission_token
   where warned_at is null and revoked_at is null
     and expires_at > $1::timestamptz and expires_at <= $1::timestamptz + interval '14 days'
   order by expires_at, id
   limit 1
   for update skip locked
), claimed as (
  update submission_token set warned_at = $1 from ending where submission_token.id = ending.id
  returning submission_token.reference, service_code, expires_at, made_by, approved_by
)
select claimed.reference, service_code as service, service.name as "serviceName", expires_at as "expiresAt",
  made_by as "madeBy", approved_by as "approvedBy"
from claimed join service on service.code = claimed.service_code
