-- Makes the new beneficiaries. {dataset} names the partition. Needs new_beneficiary. No result.
insert into beneficiary_{dataset} (id, reference) select id, reference from new_beneficiary
