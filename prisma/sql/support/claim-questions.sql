-- Claims the questions of an organisation that it was not told of yet, or was told of two weeks ago and has not answered.
-- $1 today, $2 now. Grain: one row, or none. Result: provider, questions, isReminder. Never null: provider, questions, isReminder
with due as (
  select q.id, s.provider_code, q.told_at is not null as is_reminder
    from provider_question q join service s on s.code = q.service_code
   where q.state = 'open' and q.shown_from <= $1::date
     and (q.told_at is null or q.reminded_at is null and q.told_at < $2::timestamptz - interval '14 days')
), chosen as (
  select provider_code, is_reminder from due order by is_reminder, provider_code limit 1
), claimed as (
  update provider_question q
     set told_at = coalesce(q.told_at, $2), reminded_at = case when due.is_reminder then $2 end
    from due join chosen using (provider_code, is_reminder)
   where q.id = due.id and q.state = 'open'
     -- Whoever waited for another portal's claim finds it told.
     and (q.told_at is not null) = due.is_reminder and q.reminded_at is null
  returning due.provider_code, due.is_reminder
)
select provider_code as provider, count(*)::int as questions, is_reminder as "isReminder"
  from claimed group by provider_code, is_reminder
