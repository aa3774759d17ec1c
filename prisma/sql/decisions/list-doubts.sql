-- Never null: doubt, side, receipt
-- Conflicts and near matches with where each of their records stands in its own file.
-- $1 dataset, $2 kind or null for both, $3 how many doubts at most, $4 after how many. Grain: one row per doubt and record.
-- Result: doubt (number), kind, code, rule, side, submission, service, quarter, row, role, reference (of the beneficiary that it is of now),
-- receipt (what of it tells where the row stands).
with listed as materialized (
  -- only so far as it is shown is the list put in order: its index leaves those of one part
  select kind, code, part_id, rule, sides
  from doubt
  where dataset = $1 and ($2::text is null or kind = $2)
  order by kind, code, part_id, sides::text
  limit $3 offset $4
), chosen as (
  select row_number() over (order by kind, code, part_id, sides::text) as doubt, kind, code, rule, sides
  from listed
), member as (
  select chosen.doubt, kind, code, rule, side.ordinality as side, id.value::bigint as record_id
  from chosen
  cross join lateral jsonb_array_elements(chosen.sides) with ordinality as side (ids, ordinality)
  cross join lateral jsonb_array_elements_text(side.ids) as id (value)
)
select m.doubt::int, m.kind, m.code, m.rule, m.side::int, s.reference as submission, s.service_code as service,
  s.quarter, r.source_row as row, r.role, b.reference,
  jsonb_build_object('headerRow', s.receipt -> 'headerRow', 'places', s.receipt -> 'places') as receipt
from member m
join record r on r.dataset = $1 and r.id = m.record_id
join submission s on s.id = r.submission_id
join link l on l.dataset = $1 and l.record_id = r.id
join beneficiary b on b.dataset = $1 and b.id = l.beneficiary_id
order by m.doubt, m.side, s.quarter, s.service_code, r.source_row
