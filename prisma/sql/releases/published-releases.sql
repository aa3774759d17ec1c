-- Which release last held each quarter. $1 profile, $2 the settings that must have been the same, $3 the quarters.
-- Grain: one row per quarter that any release held.
-- Never null: quarter
select distinct on (listed.quarter) listed.quarter, release.services, release.strands, release.wards, release.coverage
from unnest($3::text[]) as listed (quarter)
join release on listed.quarter between release.first_quarter and release.last_quarter
where release.profile = $1 and release.settings @> $2::jsonb
order by listed.quarter, release.id desc
