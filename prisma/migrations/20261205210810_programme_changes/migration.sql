-- Contracts: register_version_kind_check, which is made anew with one kind more; the version before writes none that it refuses.
alter table register_version
  drop constraint register_version_kind_check,
  add constraint register_version_kind_check
    check (kind in ('provider', 'strand', 'ward', 'service', 'list-value', 'quarter', 'programme'));

-- Administrators change how the programme is called and which years it has; its code and whether it is live stay.
alter table programme add column version integer not null default 1;
grant update (name, years_from, years_to, version) on programme to countonce_app;

-- The first and the last quarter of which there is a file in use or a release, for who may read neither.
create function used_quarters() returns table (first_quarter text, last_quarter text)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select min(used.first), max(used.last) from (
    select min(s.quarter) as first, max(s.quarter) as last from submission s where s.state not in ('rejected', 'withdrawn')
    union all
    select min(r.first_quarter), max(r.last_quarter) from release r) used
$$;
revoke all on function used_quarters() from public;
grant execute on function used_quarters() to countonce_app;
