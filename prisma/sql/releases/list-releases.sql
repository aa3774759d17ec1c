-- What releases there are. $1 a reference or null, $2 a profile or null, $3 a last quarter or null.
-- Grain: one row per release; the latest quarter and version first.
select id, reference, profile, first_quarter as "firstQuarter", last_quarter as "lastQuarter", version,
  made_at as "madeAt", made_by as "madeBy", settings, linkage_version as "linkageVersion", linkage_policy as "linkagePolicy",
  key_check as "keyCheck", program_version as "programVersion", coverage, strands, services, service_strands as "serviceStrands", wards, encode(digest, 'hex') as digest
from release
where ($1::text is null or reference = $1)
  and ($2::text is null or profile = $2)
  and ($3::text is null or last_quarter = $3)
order by last_quarter desc, profile, version desc
