-- Asks a provider to correct a row of its file, because its person says that it is wrong; once for each row and request.
-- $1 reference, $2 request, $3 reference of the submission, $4 source row, $5 role, $6 what is asked, $7 the day from which it is
--   seen. No result.
insert into provider_question
  (reference, rights_request_id, service_code, submission_id, source_row, role, asks, shown_from)
select $1, $2, s.service_code, s.id, $4, $5, $6, $7
from submission s
where s.reference = $3
  and not exists (
    select from provider_question q
    where q.rights_request_id = $2 and q.submission_id = s.id and (q.source_row, q.role) = ($4, $5)
  )
