-- Writes down what a provider is asked about a row of its file. $1 reference, $2 decision, $3 dataset, $4 reference of the
--   submission, $5 source row,
-- $6 role, $7 another row of the file or null, $8 what is asked, $9 the day from which the provider sees it. No result.
insert into provider_question
  (reference, decision_id, service_code, submission_id, source_row, role, other_row, asks, shown_from)
select $1, $2, s.service_code, s.id, $5, $6, $7::int, $8, $9
from submission s
where s.dataset = $3 and s.reference = $4
