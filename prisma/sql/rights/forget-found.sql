-- Forgets what was found and typed for a request, before it is looked for again. $1 request. No result.
with forgotten as (
  delete from rights_record where request_id = $1
)
delete from rights_mark where request_id = $1
