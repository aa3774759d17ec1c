-- Makes the new beneficiaries. $1 dataset. Needs new_beneficiary. No result.
insert into beneficiary (dataset, id, reference) select $1, id, reference from new_beneficiary
