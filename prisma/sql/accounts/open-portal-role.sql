-- Lets the portal's role sign in with the password that the setting countonce.password of this transaction names. A role is
-- altered by a text alone: so the password stands in none that is sent or logged.
-- No parameters, no result.
do $$
begin
  execute format(
    'alter role countonce_app login password %L', current_setting('countonce.password'));
end
$$
