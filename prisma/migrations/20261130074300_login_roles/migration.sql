-- Each part that works with this database signs in as a role of its own, and none takes on another: who reads exact figures,
-- the audit log and releases for the portal's screens connects apart.

-- The role that a part of this database signs in as. One for each database, since roles belong to the server.
drop function portal_login();
create function login_name(part text) returns text
  language sql stable
  set search_path = pg_catalog
as $$
  select 'countonce_' || part || '_' || left(encode(sha256(convert_to(current_database(), 'UTF8')), 'hex'), 12)
$$;
revoke all on function login_name(text) from public;

do $$
declare
  held text;
begin
  foreach held in array array['countonce_exact', 'countonce_audit_reader', 'countonce_reader'] loop
    if pg_has_role('countonce_app', held, 'member') then
      execute format('revoke %I from countonce_app', held);
    end if;
  end loop;
exception
  when others then
    -- Another database of the same server does the same at this moment.
    if sqlstate <> 'XX000' then raise; end if;
end
$$;

-- What the exact screens need to know of the log, which they may not read: the rows that each decision was taken about, as places in files.
create function decided_rows(of_dataset text) returns table (decision bigint, left_row text, right_row text)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select (detail ->> 'decision')::bigint, detail ->> 'left', detail ->> 'right'
    from audit_event where event = 'decision.taken' and subject = of_dataset
$$;
revoke all on function decided_rows(text) from public;
grant execute on function decided_rows(text) to countonce_exact;

-- What the portal needs to know of it: how much no anchor covers.
create function audit_entries_after(covered bigint)
  returns table (entries bigint, first_at timestamptz, begun_at timestamptz)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select
    (select count(*) from audit_event where audit_event.seq > covered),
    (select audit_event.at from audit_event where audit_event.seq > covered order by audit_event.seq limit 1),
    (select audit_event.at from audit_event order by audit_event.seq limit 1)
$$;
revoke all on function audit_entries_after(bigint) from public;
grant execute on function audit_entries_after(bigint) to countonce_app, countonce_audit_reader, countonce_worker;
grant select on audit_watch to countonce_app;
