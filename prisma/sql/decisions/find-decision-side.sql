-- Never null: birth
-- The linked record that stands at a place of a file, as a side of a decision.
-- $1 dataset, $2 reference of the submission, $3 source row, $4 role. Grain: one row per record; a bridge quarter has two at
-- one place, of which the older comes first. Result: id, part (of its records), beneficiary, client, birth, gender, name_birth,
--   nhs_number.
select r.id, l.part_id as part, l.beneficiary_id as beneficiary, r.client_pseudonym as client, coalesce(r.birth, '') as birth,
  r.gender,
  r.name_birth_pseudonym as name_birth, r.nhs_number_pseudonym as nhs_number
from submission s
join record r on r.dataset = $1 and r.submission_id = s.id
join link l on l.dataset = $1 and l.record_id = r.id
where s.dataset = $1 and s.state = 'linked' and s.reference = $2 and r.source_row = $3 and r.role = $4
order by r.id
limit 1
