-- A report may be about a release, whose reference begins with three letters.
alter table problem_report drop constraint problem_report_about_check;
alter table problem_report add constraint problem_report_about_check
  check (about ~ '^([A-Z]{1,3}-[0-9A-Z-]{4,20})?$');
