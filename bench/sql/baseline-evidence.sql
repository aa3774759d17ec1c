-- The evidence of a submission as it lies in the store.
select e.*
from evidence_production e
join record_production r on r.id = e.record_id
where r.submission_id = {submission}
