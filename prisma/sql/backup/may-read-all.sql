-- Whether no policy keeps rows from whoever is signed in. No parameters. Result: one row, may.
-- Never null: may
select rolsuper or rolbypassrls or pg_has_role(oid, 'countonce_worker', 'usage') as may
  from pg_roles where rolname = current_user
