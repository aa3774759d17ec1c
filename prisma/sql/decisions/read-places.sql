-- Where rows stand in their own files, those of them that are in the figures of production. $1 references of submissions, $2
--   source rows, $3 roles,
-- in the same order. Grain: one row per record, in that order. Result: submission, service, quarter, row, role, reference (of the
-- beneficiary that it is of now), receipt (what of it tells where the row stands). Never null: receipt.
select s.reference as submission, s.service_code as service, s.quarter, r.source_row as row, r.role, b.reference,
  jsonb_build_object('headerRow', s.receipt -> 'headerRow', 'places', s.receipt -> 'places') as receipt
from unnest($1::text[], $2::int[], $3::text[]) with ordinality as asked (submission, row, role, number)
join submission s on s.reference = asked.submission and s.state = 'linked' and s.dataset = 'production'
join record r on r.dataset = 'production' and r.submission_id = s.id and r.source_row = asked.row and r.role = asked.role
join link l on l.dataset = 'production' and l.record_id = r.id
join beneficiary b on b.dataset = 'production' and b.id = l.beneficiary_id
order by asked.number
