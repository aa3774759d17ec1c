-- Writes the changed links. {dataset} names the partition. Needs changed_link, after replace-links. No result.
insert into link_{dataset} (record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id)
select record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id from changed_link
