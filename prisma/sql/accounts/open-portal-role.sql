-- Lets the portal of this database sign in, as a role of its own with the rights of countonce_app, with the password that the
-- setting countonce.password of this transaction names. A role is altered by a text alone: so the password stands in none that
-- is sent or logged. Nobody signs in as countonce_app itself.
-- No parameters, no result.
do $$
declare
  login constant text := portal_login();
begin
  if not exists (select from pg_roles where rolname = login) then
    execute format('create role %I nosuperuser nocreatedb nocreaterole noreplication nobypassrls', login);
  end if;
  execute format('alter role %I login inherit password %L', login, current_setting('countonce.password'));
  if not pg_has_role(login, 'countonce_app', 'member') then
    execute format('grant countonce_app to %I', login);
  end if;
  if (select rolcanlogin from pg_roles where rolname = 'countonce_app') then
    alter role countonce_app nologin password null;
  end if;
end
$$
