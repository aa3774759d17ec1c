-- Writes a programme's register into an empty store.
-- $1 wards, $2 strands, $3 providers, $4 services, $5 values, $6 quarters: JSON arrays of objects as in the programme file.
-- No result.
with wards as (
  insert into ward (code, name, gss_codes, gss_years, valid_from, closed_after, split_from, tile)
  select code, name, coalesce(gss, '{}'), coalesce("gssYears", '{}'), "validFrom", "closedAfter", "splitFrom", tile
  from jsonb_to_recordset($1::jsonb) as w (
    code text, name text, gss text[], "gssYears" jsonb, "validFrom" text, "closedAfter" text, "splitFrom" text,
    tile text)
), strands as (
  insert into strand (code, name, valid_from, closed_after)
  select code, name, "validFrom", "closedAfter"
  from jsonb_to_recordset($2::jsonb) as s (code text, name text, "validFrom" text, "closedAfter" text)
), providers as (
  insert into provider (code, name, valid_from, closed_after)
  select code, name, "validFrom", "closedAfter"
  from jsonb_to_recordset($3::jsonb) as p (code text, name text, "validFrom" text, "closedAfter" text)
), listed as (
  insert into list_value (code, list, name, valid_from, closed_after)
  select code, list, name, "validFrom", "closedAfter"
  from jsonb_to_recordset($5::jsonb) as v (code text, list text, name text, "validFrom" text, "closedAfter" text)
  on conflict (code) do update set name = excluded.name, closed_after = excluded.closed_after
), quarters as (
  insert into reporting_quarter (quarter, deadline, closed)
  select quarter, deadline, coalesce(closed, false)
  from jsonb_to_recordset($6::jsonb) as q (quarter text, deadline date, closed boolean)
)
insert into service (
  code, name, strand_code, provider_code, reached_by, accepts_clear, valid_from, closed_after, merged_into, reminder)
select code, name, strand, provider, coalesce("reachedBy", 'contacts'), coalesce("acceptsClear", false), "validFrom",
  "closedAfter", "mergedInto", coalesce(reminder, '')
from jsonb_to_recordset($4::jsonb)
  as s (code text, name text, strand text, provider text, "reachedBy" text, "acceptsClear" boolean, "validFrom" text,
    "closedAfter" text, "mergedInto" text, reminder text)
