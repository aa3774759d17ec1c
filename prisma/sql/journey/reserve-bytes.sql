-- Sets bytes of an upload aside out of what its provider has left of the day, as many as are wanted and there are. Run it with
--   the lock
-- of the provider's uploads held. $1 upload, $2 provider, $3 now, $4 bytes wanted, $5 bytes of a day.
-- Grain: one row. Result: bytes, 0 when there are none left. Never null: bytes.
with used as (
  select coalesce(sum(bytes), 0) as bytes
  from upload_attempt
  where provider_code = $2 and at > $3::timestamptz - interval '1 day'
), reserved as (
  select greatest(0, least($4::bigint, $5::bigint - used.bytes))::bigint as bytes from used
), written as (
  update upload_attempt set bytes = upload_attempt.bytes + reserved.bytes from reserved where upload_attempt.id = $1
)
select bytes from reserved
