-- What each service knows of its own clients in production, and who each is here. No parameters. Grain: one row per record.
-- Result: service, reference, family_id, role, birth, gender, ethnicity, ward.
select s.service_code as service, b.reference, l.family_id::text as family_id, r.role, r.birth, r.gender, r.ethnicity, r.ward
from submission s
join record_production r on r.submission_id = s.id
join link_production l on l.record_id = r.id
join beneficiary b on b.dataset = 'production' and b.id = l.beneficiary_id
where s.state = 'linked'
order by s.quarter, r.source_row
