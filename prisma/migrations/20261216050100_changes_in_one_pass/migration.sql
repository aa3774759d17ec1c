-- Changes of scores without a join of people with themselves. How many scores there are is guessed from the framework's rules,
-- which PostgreSQL takes for one; what it joins by that guess it joined each with each, so that the time grew with the square of
-- the people with scores. Now each score passes two windows and one aggregate.
create or replace function person_change(of_dataset dataset, first_quarter text, last_quarter text, windows jsonb)
returns table (
  service text, instrument text, sub_scale text, beneficiary_id bigint, baseline float8, change float8, day date, is_exit boolean
) language sql stable parallel safe
begin atomic
  with time_window as (
    select * from jsonb_to_recordset(windows)
      as w (instrument text, sub_scale text, point text, earliest integer, latest integer)
  ), given as (
    select s.service_code as service, c.instrument, c.sub_scale, l.beneficiary_id, c.time_point, c.day, s.quarter, c.thousandths,
      w.earliest, w.latest
    from submission s
    join score c on c.submission_id = s.id
    join link l on l.dataset = of_dataset and l.record_id = c.record_id
    join time_window w on w.instrument = c.instrument and w.sub_scale = c.sub_scale and w.point = c.time_point
    where s.dataset = of_dataset and s.state = 'linked' and s.quarter <= last_quarter
  ), once as (
    -- one score of a time point and day: of several files the last one's, of several in one quarter the highest
    select g.service, g.instrument, g.sub_scale, g.beneficiary_id, g.time_point, g.day, g.earliest, g.latest,
      max(g.quarter) >= first_quarter as is_in,
      (array_agg(g.thousandths order by g.quarter desc, g.thousandths desc))[1]::float8 as thousandths
    from given g
    group by g.service, g.instrument, g.sub_scale, g.beneficiary_id, g.time_point, g.day, g.earliest, g.latest
  ), score_or_start as (
    select o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.time_point, o.day, o.earliest, o.latest, o.is_in,
      o.thousandths, null::date as start_date
    from once o
    union all
    -- when somebody started with a service that sends scores
    select s.service_code, null, null, l.beneficiary_id, null, null, null, null, null, null, r.start_date
    from submission s
    join record r on r.dataset = of_dataset and r.submission_id = s.id
    join link l on l.dataset = of_dataset and l.record_id = r.id
    where s.dataset = of_dataset and s.file_kind = 'people' and s.state = 'linked' and s.quarter <= last_quarter
      and r.start_date is not null
      and s.service_code = any (array(select e.service_code from submission e where e.file_kind = 'outcomes' and e.state = 'linked'))
  ), started as (
    select b.service, b.instrument, b.sub_scale, b.beneficiary_id, b.time_point, b.day, b.earliest, b.latest, b.is_in, b.thousandths,
      min(b.start_date) over (partition by b.service, b.beneficiary_id) as start_date
    from score_or_start b
  ), with_first as (
    -- the day of the first valid baseline
    select t.service, t.instrument, t.sub_scale, t.beneficiary_id, t.time_point, t.day, t.earliest, t.latest, t.is_in, t.thousandths,
      min(t.day) filter (where t.time_point = 'baseline'
        and (t.start_date is null
          or (t.day - t.start_date >= coalesce(t.earliest, -1000000) and t.day - t.start_date <= coalesce(t.latest, 1000000))))
        over (partition by t.service, t.instrument, t.sub_scale, t.beneficiary_id) as first_day
    from started t
    where t.instrument is not null
  ), person as (
    -- of later scores the last, of one day an exit
    select f.service, f.instrument, f.sub_scale, f.beneficiary_id,
      max(f.thousandths) filter (where f.time_point = 'baseline' and f.day = f.first_day) as baseline,
      max(array[(f.day - date '2000-01-01')::float8, (f.time_point = 'exit')::int::float8, f.thousandths])
        filter (where f.is_in and f.time_point <> 'baseline' and f.day >= f.first_day
          and f.day - f.first_day >= coalesce(f.earliest, -1000000) and f.day - f.first_day <= coalesce(f.latest, 1000000)) as later
    from with_first f
    group by f.service, f.instrument, f.sub_scale, f.beneficiary_id
    having bool_or(f.is_in)
  )
  select p.service, p.instrument, p.sub_scale, p.beneficiary_id, p.baseline, p.later[3] - p.baseline,
    date '2000-01-01' + p.later[1]::int, p.later[2] = 1
  from person p;
end;
