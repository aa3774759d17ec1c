-- Writes a programme's register into an empty store.
-- $1 wards, $2 strands, $3 providers, $4 services: JSON arrays of objects as in the programme file. No result.
with wards as (
  insert into ward (code, name, gss_codes)
  select code, name, coalesce(gss, '{}') from jsonb_to_recordset($1::jsonb) as w (code text, name text, gss text[])
), strands as (
  insert into strand (code, name)
  select code, name from jsonb_to_recordset($2::jsonb) as s (code text, name text)
), providers as (
  insert into provider (code, name)
  select code, name from jsonb_to_recordset($3::jsonb) as p (code text, name text)
)
insert into service (code, name, strand_code, provider_code, reached_by, accepts_clear)
select code, name, strand, provider, coalesce("reachedBy", 'contacts'), coalesce("acceptsClear", false)
from jsonb_to_recordset($4::jsonb)
  as s (code text, name text, strand text, provider text, "reachedBy" text, "acceptsClear" boolean)
