-- The marks of a period, of the links as they are now. $1 dataset, $2 first quarter, $3 last quarter. Grain: one row per file,
--   ward and
-- role that reached anybody; one of nulls where nobody was reached, and none where the links have no marks yet.
select marked.*
from linkage_state state
join reach_marking marking on marking.linkage_version = state.version
left join (
  select m.linkage_version, s.service_code as service, v.strand_code as strand, s.quarter, m.ward, m.role,
    m.people, m.families, m.uppers, m.lowers, m.numbered, m.numbers
  from reach_mark m
  join submission s on s.id = m.submission_id
  join service v on v.code = s.service_code
  where s.dataset = $1 and s.state = 'linked' and s.quarter between $2 and $3
) as marked on marked.linkage_version = marking.linkage_version
where state.dataset = $1
