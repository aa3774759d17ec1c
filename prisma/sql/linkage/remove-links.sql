-- Unlinks the records of submissions that leave, and remembers whose they were and under which client.
-- {dataset} names the partitions; $1 submission ids. Fills left_beneficiary.
with gone as (
  delete from link_{dataset} l
  using record_{dataset} r
  where r.id = l.record_id and r.submission_id = any ($1::bigint[])
  returning l.beneficiary_id, r.client_pseudonym
)
insert into left_beneficiary (beneficiary_id, client)
select distinct beneficiary_id, client_pseudonym from gone
