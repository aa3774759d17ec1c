-- Unlinks the records of submissions that leave, and remembers whose they were and under which client.
-- $1 dataset, $2 submission ids. Fills left_beneficiary.
with gone as (
  delete from link l
  using record r
  where l.dataset = $1 and r.dataset = $1 and r.id = l.record_id and r.submission_id = any ($2::bigint[])
  returning l.beneficiary_id, r.client_pseudonym
)
insert into left_beneficiary (beneficiary_id, client)
select distinct beneficiary_id, client_pseudonym from gone
