-- Releases tell of use beside reach. One that does says so, with the scales that it tells of; those from before say nothing of it.
alter table release
  add column holds_use boolean not null default false,
  add column scales text[] not null default '{}',
  add column ruled_scales text[] not null default '{}';

-- One printed value of use, beside release_cell: the version before reads that as it is. What is 0 is not stored.
create table release_use_cell (
  release_id bigint not null references release,
  quarter text not null,
  -- The quarter alone, or the year to its end.
  span text not null check (span in ('quarter', 'year')),
  scope text not null check (scope in ('all', 'strand', 'service')),
  scope_code text not null default '',
  aspect text not null check (aspect in
    ('activities', 'contacts', 'ending', 'declined', 'scored', 'paired', 'improved', 'same', 'worse')),
  aspect_value text not null check (aspect_value <> ''),
  -- People; null where it is hidden.
  printed integer check (printed > 0),
  check ((scope = 'all') = (scope_code = '')),
  -- One cell has one value; and the figures of one quarter are read together.
  primary key (release_id, quarter, span, scope, scope_code, aspect, aspect_value)
);
create trigger release_use_cell_frozen
  before update or delete or truncate on release_use_cell
  for each statement execute function release_refuse_change();
create trigger release_use_cell_complete
  after insert on release_use_cell
  referencing new table as added
  for each statement execute function release_refuse_addition();
grant select on release_use_cell to countonce_reader;
grant select, insert on release_use_cell to countonce_worker;

-- How scores of one person, service and scale changed in a period: docs/measures.md, and measureChanges in lib/core/measures.
-- One row for each person with a score in a file of the period, at one of the windows
-- {instrument, sub_scale, point, earliest, latest} that are given. It reads with the rights of whoever asks.
create function person_change(of_dataset dataset, first_quarter text, last_quarter text, windows jsonb)
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
  ), started as (
    select u.beneficiary_id, u.service, u.start_date
    from person_use(of_dataset, first_quarter, last_quarter) u
    where u.start_date is not null
  ), first_baseline as (
    select distinct on (o.service, o.instrument, o.sub_scale, o.beneficiary_id)
      o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.day, o.thousandths
    from once o
    left join started u on u.beneficiary_id = o.beneficiary_id and u.service = o.service
    where o.time_point = 'baseline'
      and (u.start_date is null
        or (o.day - u.start_date >= coalesce(o.earliest, -1000000) and o.day - u.start_date <= coalesce(o.latest, 1000000)))
    order by o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.day
  ), later as (
    select distinct on (o.service, o.instrument, o.sub_scale, o.beneficiary_id)
      o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.thousandths, o.day, o.time_point = 'exit' as is_exit
    from once o
    join first_baseline b on b.service = o.service and b.instrument = o.instrument and b.sub_scale = o.sub_scale
      and b.beneficiary_id = o.beneficiary_id
    where o.is_in and o.time_point <> 'baseline' and o.day >= b.day
      and o.day - b.day >= coalesce(o.earliest, -1000000) and o.day - b.day <= coalesce(o.latest, 1000000)
    order by o.service, o.instrument, o.sub_scale, o.beneficiary_id, o.day desc, o.time_point = 'exit' desc
  ), person as (
    select o.service, o.instrument, o.sub_scale, o.beneficiary_id
    from once o
    group by o.service, o.instrument, o.sub_scale, o.beneficiary_id
    having bool_or(o.is_in)
  )
  select p.service, p.instrument, p.sub_scale, p.beneficiary_id, b.thousandths, t.thousandths - b.thousandths, t.day, t.is_exit
  from person p
  left join first_baseline b on b.service = p.service and b.instrument = p.instrument and b.sub_scale = p.sub_scale
    and b.beneficiary_id = p.beneficiary_id
  left join later t on t.service = p.service and t.instrument = p.instrument and t.sub_scale = p.sub_scale
    and t.beneficiary_id = p.beneficiary_id;
end;
