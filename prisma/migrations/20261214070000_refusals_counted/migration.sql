-- Refusals in the report of a quarter: one entry of the trail holds as many as came in its minute, and neither a session that had
-- ended nor an act that waits for its second person is one.
create or replace function management_counts(first_day date, last_day date) returns table (what text, counted integer)
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select 'doubts-open', count(*)::int from doubt where dataset = 'production'
  union all
  select 'doubts-settled', count(*)::int from decision
   where dataset = 'production' and kind in ('same', 'different', 'nhs-wrong') and undone_at is null
     and decided_at >= first_day and decided_at < last_day + 1
  union all
  select event, sum(coalesce((detail ->> 'times')::int, 1))::int from audit_event
   where at >= first_day and at < last_day + 1
     and event in ('sign-in.refused', 'access.refused', 'sign-in.locked', 'user.disabled', 'factor.reset', 'token.revoked')
     and coalesce(detail ->> 'reason', '') not in ('session', 'consent-waits')
   group by event
$$;
