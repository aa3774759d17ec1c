-- When somebody last signed in whole: sessions go, and who is not there any more is to be noticed.
alter table portal_user add column signed_in_at timestamptz;
