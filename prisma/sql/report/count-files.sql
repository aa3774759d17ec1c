-- How the files of a quarter came and how long they took. $1 quarter, $2 first and $3 last day, in London, of what was asked and
-- answered and of the minutes that were kept. Bound by row-level security. Grain: one row.
-- Never null: clear, hashed, automated, asked, answered, minutesKept, minutesUp
select
  count(*) filter (where s.form = 'clear' and t.submission_id is null)::int as clear,
  count(*) filter (where s.form = 'hashed' and t.submission_id is null)::int as hashed,
  count(*) filter (where t.submission_id is not null)::int as automated,
  percentile_cont(0.5) within group (order by extract(epoch from j.ended_at - s.received_at) / 60)::float8 as "medianMinutes",
  max(extract(epoch from j.ended_at - s.received_at) / 60)::float8 as "longestMinutes",
  (select count(*)::int from provider_question where shown_from between $2::date and $3::date) as asked,
  (select count(*)::int from provider_question
    where shown_from between $2::date and $3::date and state = 'answered') as answered,
  (select case when count(*) = 0 then 0 else
            (extract(epoch from least(now(), ($3::date + 1)::timestamp at time zone 'Europe/London')
              -- From the first minute that was kept on.
              - min(hour + make_interval(mins => log(2, (minutes & -minutes)::numeric)::int))) / 60)::int end
     from portal_hour
    where hour >= $2::date::timestamp at time zone 'Europe/London'
      and hour < ($3::date + 1)::timestamp at time zone 'Europe/London') as "minutesKept",
  (select coalesce(sum(bit_count(minutes::bit(64))), 0)::int
     from portal_hour
    where hour >= $2::date::timestamp at time zone 'Europe/London'
      and hour < ($3::date + 1)::timestamp at time zone 'Europe/London') as "minutesUp"
from submission s
left join sent_by_token t on t.submission_id = s.id
left join submission_job j on j.submission_id = s.id and j.kind = 'process' and j.stage = 'done'
where s.dataset = 'production' and s.quarter = $1 and s.file_kind = 'people' and s.state = 'linked'
