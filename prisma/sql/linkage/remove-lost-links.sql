-- Unlinks records that are not there: somebody has deleted them by hand, which no way of the product does. {dataset} names the
--   partitions. Fills
-- left_beneficiary.
with gone as (
  delete from link_{dataset} l
  where not exists (select from record_{dataset} r where r.id = l.record_id)
  returning l.beneficiary_id
)
insert into left_beneficiary (beneficiary_id)
select distinct beneficiary_id from gone
