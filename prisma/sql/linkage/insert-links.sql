-- Writes the changed links. $1 dataset. Needs changed_link, after replace-links. No result.
insert into link (dataset, record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id)
select $1, record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id from changed_link
