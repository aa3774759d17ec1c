-- Lets a part of this database sign in, as a role of its own with the rights of one group, with the password that the settings of
-- this transaction name: countonce.login, countonce.group, countonce.password. A role is altered by a text alone, so the password
-- stands in none that is sent or logged. It may connect to this database; others of the server may not. Nobody signs in as the
--   group.
-- No parameters, no result.
do $$
declare
  login constant text := current_setting('countonce.login');
  rights constant text := current_setting('countonce.group');
  held text;
begin
  if not exists (select from pg_roles where rolname = login) then
    execute format('create role %I nosuperuser nocreatedb nocreaterole noreplication nobypassrls', login);
  end if;
  if exists (
    select from pg_roles
     where rolname = login and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)
  ) then
    raise exception 'a login has more rights than its own' using errcode = 'insufficient_privilege';
  end if;
  execute format('alter role %I login inherit password %L', login, current_setting('countonce.password'));
  for held in
    select g.rolname from pg_auth_members m
      join pg_roles g on g.oid = m.roleid
      join pg_roles r on r.oid = m.member
     where r.rolname = login and g.rolname <> rights
  loop
    execute format('revoke %I from %I', held, login);
  end loop;
  if not pg_has_role(login, rights, 'member') then
    execute format('grant %I to %I', rights, login);
  end if;
  if (select rolcanlogin from pg_roles where rolname = rights) then
    execute format('alter role %I nologin password null', rights);
  end if;
  if has_database_privilege('public', current_database(), 'connect') then
    execute format('revoke all on database %I from public', current_database());
  end if;
  execute format('grant connect on database %I to %I', current_database(), login);
  -- Linking works in tables of its transaction, and explaining a person decides anew in some.
  if rights in ('countonce_worker', 'countonce_exact') then
    execute format('grant temporary on database %I to %I', current_database(), login);
  end if;
end
$$
