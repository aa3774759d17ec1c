-- A function that runs with its owner's rights looks for tables where it is told, and last among those that the caller made for
-- the session: unless pg_temp is named it comes first, and a table of the caller's with a trigger would run code of theirs as the
-- owner.
alter function append_audit(text, text, text, jsonb) set search_path = pg_catalog, public, pg_temp;

-- Nobody but the owner makes anything that others find by its name.
revoke create on schema public from public;
