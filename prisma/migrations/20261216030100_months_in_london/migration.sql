-- The months of the report of a quarter begin and end at midnight in London, whatever clock the connection keeps.
create or replace function management_counts(first_day date, last_day date) returns table (what text, counted integer)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  with months as (
    select first_day::timestamp at time zone 'Europe/London' as begun, (last_day + 1)::timestamp at time zone 'Europe/London' as over
  )
  select 'doubts-open', count(*)::int from doubt where dataset = 'production'
  union all
  select 'doubts-settled', count(*)::int from decision, months
   where dataset = 'production' and kind in ('same', 'different', 'nhs-wrong') and undone_at is null
     and decided_at >= begun and decided_at < over
  union all
  select event, sum(coalesce((detail ->> 'times')::int, 1))::int from audit_event, months
   where at >= begun and at < over
     and event in ('sign-in.refused', 'access.refused', 'sign-in.locked', 'user.disabled', 'factor.reset', 'token.revoked')
     and coalesce(detail ->> 'reason', '') not in ('session', 'consent-waits')
   group by event
$$;
