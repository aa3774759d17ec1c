-- What a provider has uploaded in the last hour and day. $1 provider, $2 now.
-- Grain: one row. Result: attempts (of the hour), files and bytes (of the day). Never null: attempts, files, bytes.
select count(*) filter (where at > $2::timestamptz - interval '1 hour')::int as attempts,
  count(*) filter (where taken)::int as files, coalesce(sum(bytes), 0) as bytes
from upload_attempt
where provider_code = $1 and at > $2::timestamptz - interval '1 day'
