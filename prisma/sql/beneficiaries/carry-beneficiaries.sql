-- Beneficiaries whose last record leaves, by the client of that record: a file that replaces another keeps its references.
-- {dataset} names the partition. Needs left_beneficiary, after remove-links. Grain: one row per client. Fills
--   carried_beneficiary.
insert into carried_beneficiary (client, beneficiary_id)
select gone.client, min(gone.beneficiary_id)
from left_beneficiary gone
where gone.client is not null
  and not exists (select from link_{dataset} l where l.beneficiary_id = gone.beneficiary_id)
group by gone.client
