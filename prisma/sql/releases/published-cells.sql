-- What was printed last for each quarter. $1 profile, $2 the settings that must have been the same, $3 the quarters.
-- Grain: one row per stored cell of the latest release of the profile that holds its quarter.
with holding as (
  -- the latest release that holds each quarter
  select distinct on (quarters.quarter) quarters.quarter, release.id
  from release
  join lateral (select quarter from unnest($3::text[]) as listed (quarter)) as quarters
    on quarters.quarter between release.first_quarter and release.last_quarter
  where release.profile = $1 and release.settings @> $2::jsonb
  order by quarters.quarter, release.id desc
)
select h.id as release, c.quarter, c.span, c.scope, c.scope_code as "scopeCode", c.place, c.place_code as "placeCode",
  c.attribute, c.attribute_value as "attributeValue", c.measure, c.printed
from holding h
join release_cell c on c.release_id = h.id and c.quarter = h.quarter
