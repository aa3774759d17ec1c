-- In which extracts those people are whose rows of a submission these are, by the reference that each was given under.
-- $1 submission, $2 rows, $3 roles in their order. Grain: one row per extract and reference.
-- Result: extract_id, extract, project, reference.
with person as (
  select distinct l.beneficiary_id
  from record_production r
  join unnest($2::int[], $3::text[]) as place (source_row, role) on (r.source_row, r.role) = (place.source_row, place.role)
  join link_production l on l.record_id = r.id
  where r.submission_id = $1
), known_as as (
  select b.reference from person p join beneficiary b on b.dataset = 'production' and b.id = p.beneficiary_id
  union
  select a.reference
  from person p
  join beneficiary_alias a on a.dataset = 'production' and a.beneficiary_id = p.beneficiary_id
)
select e.id as extract_id, e.reference as extract, p.reference as project, m.reference
from known_as k
join research_member m on m.reference = k.reference
join research_extract e on e.id = m.extract_id
join research_project p on p.id = e.project_id
order by e.id, m.reference
