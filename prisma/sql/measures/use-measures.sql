-- Measures of how people used each service in a period: docs/measures.md, and measureUse in lib/core/measures.
-- $1 dataset, $2 first quarter, $3 last quarter.
-- Grain: one row per service that a file to the end of the period names anybody of. Counts are of people, quartiles of days and
--   of contacts (null where nobody's are known).
-- Result: service, reached, fresh, not_reached, referred, no_referral, started, waits_known, waits_long, wait_days, waiting,
--   waiting_known, waiting_long, contacts_known, contacts, contacts_each, starters, two, four, eight, completed, left_early,
--   declined, no_status.
-- Never null: service, reached, fresh, not_reached, referred, no_referral, started, waits_known, waits_long, waiting,
--   waiting_known, waiting_long, contacts_known, contacts, starters, two, four, eight, completed, left_early, declined, no_status
with period as (
  select quarter_first_day($2) as first_day, quarter_last_day($3) as last_day
), described as (
  select u.*, p.last_day,
    u.is_reached and u.first_reached >= $2 as is_fresh,
    coalesce(u.referral_date between p.first_day and p.last_day, false) as is_referred,
    coalesce(u.start_date between p.first_day and p.last_day, false) as is_started,
    case when u.start_date >= u.referral_date then u.start_date - u.referral_date end as waited,
    u.is_named and coalesce(u.status = 'waiting', false) as is_waiting,
    case when u.referral_date <= p.last_day then p.last_day - u.referral_date end as waits,
    u.is_named and (u.end_date is null or u.end_date between p.first_day and p.last_day) as may_have_ended
  from person_use($1::dataset, $2, $3) u
  cross join period p
)
select service,
  count(*) filter (where is_reached)::int as reached,
  count(*) filter (where is_fresh)::int as fresh,
  count(*) filter (where is_named and not is_reached)::int as not_reached,
  count(*) filter (where is_referred)::int as referred,
  count(*) filter (where is_named and referral_date is null)::int as no_referral,
  count(*) filter (where is_started)::int as started,
  count(waited) filter (where is_started)::int as waits_known,
  count(*) filter (where is_started and waited > 28)::int as waits_long,
  percentile_cont(array[0.25, 0.5, 0.75]) within group (order by waited) filter (where is_started) as wait_days,
  count(*) filter (where is_waiting)::int as waiting,
  count(waits) filter (where is_waiting)::int as waiting_known,
  count(*) filter (where is_waiting and waits > 28)::int as waiting_long,
  count(contacts) filter (where is_reached)::int as contacts_known,
  coalesce(sum(contacts) filter (where is_reached), 0)::int as contacts,
  percentile_cont(array[0.25, 0.5, 0.75]) within group (order by contacts) filter (where is_reached) as contacts_each,
  count(contacts_to_date) filter (where is_fresh)::int as starters,
  count(*) filter (where is_fresh and contacts_to_date >= 2)::int as two,
  count(*) filter (where is_fresh and contacts_to_date >= 4)::int as four,
  count(*) filter (where is_fresh and contacts_to_date >= 8)::int as eight,
  count(*) filter (where may_have_ended and status = 'completed')::int as completed,
  count(*) filter (where may_have_ended and status = 'left_early')::int as left_early,
  count(*) filter (where is_named and status = 'declined')::int as declined,
  count(*) filter (where is_named and status is null)::int as no_status
from described
group by service
order by service
