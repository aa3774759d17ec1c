-- Whether a programme is still being set up: it never had two administrators, and it is a demonstration or has no file yet.
-- One row.
-- Never null: setting_up
select (select count(*) from portal_user where role = 'administrator') < 2
  and (not programme.live or not exists (select from submission)) as setting_up
from programme
