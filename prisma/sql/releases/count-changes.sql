-- How many figures two releases print differently, by quarter. $1 the later release, $2 the earlier, $3 quarters that both hold.
-- Grain: one row per quarter with a difference. Result: quarter, changed (another figure), hidden (by the later alone), shown
--   (by the later alone).
-- Never null: quarter, changed, hidden, shown
with cell as (
  select release_id, quarter, span, scope, scope_code, place, place_code, attribute, attribute_value, measure,
    coalesce(printed, -1) as value
  from release_cell
  where release_id in ($1, $2) and quarter = any ($3::text[])
  union all
  select release_id, quarter, span, scope, scope_code, 'everywhere', '', aspect, aspect_value, 'people', coalesce(printed, -1)
  from release_use_cell
  where release_id in ($1, $2) and quarter = any ($3::text[])
), later as (
  select * from cell where release_id = $1
), earlier as (
  select * from cell where release_id = $2
), compared as (
  -- What is not stored prints 0.
  select quarter, coalesce(later.value, 0) as now, coalesce(earlier.value, 0) as before
  from later
  full join earlier using (quarter, span, scope, scope_code, place, place_code, attribute, attribute_value, measure)
)
select quarter, count(*) filter (where now >= 0 and before >= 0)::int as changed,
  count(*) filter (where now < 0)::int as hidden, count(*) filter (where before < 0)::int as shown
from compared
where now <> before
group by quarter
order by quarter
