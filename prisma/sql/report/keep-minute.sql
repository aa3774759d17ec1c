-- Keeps that a portal runs in this minute and its database answers. $1 now. No result.
insert into portal_hour (hour, minutes)
values (date_trunc('hour', $1::timestamptz, 'UTC'), 1::bigint << extract(minute from $1::timestamptz at time zone 'UTC')::int)
on conflict (hour) do update set minutes = portal_hour.minutes | excluded.minutes
where portal_hour.minutes & excluded.minutes = 0
