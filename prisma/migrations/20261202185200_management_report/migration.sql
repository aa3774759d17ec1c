-- In which minutes of an hour a portal ran and its database answered: a bit for each.
create table portal_hour (
  hour timestamptz primary key,
  minutes bigint not null
);
grant select, insert on portal_hour to countonce_app;
grant update (minutes) on portal_hour to countonce_app;

-- The report of a quarter that was mailed to those who own the programme, once.
create table report_mail (
  quarter text primary key check (quarter ~ '^(19|20|21)[0-9]{2}-Q[1-4]$'),
  sent_at timestamptz not null
);
grant select, insert, delete on report_mail to countonce_app;

-- Counts over some days of what the portal may not read: decisions of reviewers, and entries of the audit trail that tell of
-- something refused or of something wrong with the trail itself.
create function management_counts(first_day date, last_day date) returns table (what text, counted integer)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select 'doubts-open', count(*)::int from doubt where dataset = 'production'
  union all
  select 'doubts-settled', count(*)::int from decision
   where dataset = 'production' and kind in ('same', 'different', 'nhs-wrong') and undone_at is null
     and decided_at >= first_day and decided_at < last_day + 1
  union all
  select event, count(*)::int from audit_event
   where at >= first_day and at < last_day + 1
     and event in ('sign-in.refused', 'access.refused', 'sign-in.locked', 'user.disabled', 'factor.reset', 'token.revoked')
   group by event
$$;
revoke all on function management_counts(date, date) from public;
grant execute on function management_counts(date, date) to countonce_app;
