-- What another record of the same person could carry as its name-birth, and what a name sounds like with a birth.
alter table record
  add column name_birth_swapped_pseudonym uuid,
  add column name_birth_reversed_pseudonym uuid,
  add column name_birth_surname_first_pseudonym uuid,
  add column name_birth_surname_last_pseudonym uuid,
  add column sound_birth_pseudonym uuid;
