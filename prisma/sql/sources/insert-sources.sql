-- Writes the sources of a look-up into a store whose register is there, with the rules that each begins with.
-- $1 sources: a JSON array of objects as in the programme file, each with its service; $2 who makes them, $3 when. No result.
with made as (
  insert into source (service_code, kind, area, no_record)
  select service, kind, area, "noRecord"
  from jsonb_to_recordset($1::jsonb) as o (service text, kind text, area text, "noRecord" text)
  returning service_code
)
insert into source_rules (service_code, version, rules, covered_from, covered_to, made_by, made_at)
select made.service_code, 1, o.rules, o."coveredFrom", o."coveredTo", $2, $3::timestamptz
from jsonb_to_recordset($1::jsonb) as o (service text, rules jsonb, "coveredFrom" date, "coveredTo" date)
join made on made.service_code = o.service
