-- What a person corrects in a held file lies beside it, encrypted and erased with it (docs/decisions/corrections.md). Here is only
-- which version of it stands, so that two pages cannot cross, and how many cells it corrects.
alter table submission
  add column corrections_version integer not null default 0 check (corrections_version >= 0),
  add column corrected_cells integer not null default 0 check (corrected_cells >= 0);
