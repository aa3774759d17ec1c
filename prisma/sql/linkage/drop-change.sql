-- Drops the relations of one change of links, for another in the same transaction. No parameters, no result.
drop table changed_contact, crossed_contact, decided_client, touched_part, scope, scope_part, carried_beneficiary,
  left_beneficiary, new_beneficiary, merged_beneficiary, changed_link
