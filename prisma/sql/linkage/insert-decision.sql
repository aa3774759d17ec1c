-- Keeps a reviewer's decision. $1 dataset, $2 kind, $3 left and $4 right client, each with $5 $6 birth, $7 $8 gender and
-- $9 $10 name-birth; $11 the NHS number said to be wrong, $12 reason, $13 who decided. Result: id.
insert into decision (dataset, kind, left_client, right_client, left_birth, right_birth, left_gender, right_gender,
  left_name_birth, right_name_birth, nhs_number, reason, decided_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
returning id
