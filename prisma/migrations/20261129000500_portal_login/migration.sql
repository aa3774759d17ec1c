-- The role that the portal of this database signs in as: one for each database, since roles belong to the server and another
-- installation's portal there must not have this one's password.
create function portal_login() returns text
  language sql stable
  set search_path = pg_catalog
as $$
  select 'countonce_portal_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 12)
$$;
revoke all on function portal_login() from public;
