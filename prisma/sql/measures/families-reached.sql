-- Families of which a child and a carer were reached in a period: docs/measures.md, and measureFamilies in lib/core/measures.
-- $1 dataset, $2 first quarter, $3 last quarter. Grain: one row.
-- Result: families with anybody reached, each in one of whole, childrenAlone, carersAlone, noCarer, noChild; and people reached
--   of no family, ofNoFamily.
-- Never null: families, whole, childrenAlone, carersAlone, noCarer, noChild, ofNoFamily
with named as materialized (
  select l.family_id, l.beneficiary_id, r.role = 'child' as is_child,
    s.quarter >= $2 and coalesce(is_reached(r.status, r.contacts, r.start_date, r.end_date, s.counting,
      quarter_first_day(s.quarter), quarter_last_day(s.quarter)), false) as is_reached
  from submission s
  join record r on r.dataset = $1::dataset and r.submission_id = s.id
  join link l on l.dataset = $1::dataset and l.record_id = r.id
  where s.dataset = $1::dataset and s.file_kind = 'people' and s.state = 'linked' and s.quarter <= $3
), family as (
  select bool_or(is_child) as has_child, bool_or(not is_child) as has_carer, bool_or(is_child and is_reached) as child,
    bool_or(not is_child and is_reached) as carer
  from named
  where family_id is not null
  group by family_id
  having bool_or(is_reached)
)
select count(*)::int as families, count(*) filter (where child and carer)::int as whole,
  count(*) filter (where not carer and has_carer)::int as "childrenAlone",
  count(*) filter (where not child and has_child)::int as "carersAlone",
  count(*) filter (where not has_carer)::int as "noCarer", count(*) filter (where not has_child)::int as "noChild",
  (select count(distinct beneficiary_id) from named where family_id is null and is_reached)::int as "ofNoFamily"
from family
