-- Birth dates. Source: "Birth date".

-- Whether there is such a day of the Gregorian calendar; there is no year 0.
create function count_once.is_day(year int, month int, day int) returns boolean
  language sql immutable parallel safe
  return year >= 1 and month between 1 and 12 and day between 1 and
    case
      when month in (4, 6, 9, 11) then 30
      when month <> 2 then 31
      when year % 4 = 0 and (year % 100 <> 0 or year % 400 = 0) then 29
      else 28
    end;

-- The last day of a quarter, 2024-Q1 being April to June 2024; it raises for anything that is no quarter.
create function count_once.reference_day(quarter text) returns date
  language plpgsql immutable parallel safe as $$
begin
  if quarter is null or quarter collate "C" !~ '^(19|20|21)[0-9]{2}-Q[1-4]$' then
    raise exception 'not a quarter: write 2024-Q1 for April to June 2024' using errcode = 'invalid_parameter_value';
  end if;
  return (make_date(left(quarter, 4)::int, 4, 1) + make_interval(months => 3 * right(quarter, 1)::int))::date - 1;
end
$$;

-- What a cell says, whether or not it is a day: form 1 year first, 2 day first, 3 a serial; form null when it is in none.
create type count_once.written_date as (
  form int, year int, month int, day int, serial int,
  is_two_digit_year boolean, is_numeric_month boolean, has_time boolean
);

create function count_once.read_date(folded text) returns count_once.written_date
  language plpgsql immutable parallel safe as $$
declare
  written text collate "C" := folded;
  time_of_day constant text :=
    '([T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]+)?)?(?: ?[AP]M)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?$';
  months constant text[] := array['JANUARY', 'FEBRUARY', 'MARCH', 'APRIL', 'MAY', 'JUNE', 'JULY', 'AUGUST',
    'SEPTEMBER', 'OCTOBER', 'NOVEMBER', 'DECEMBER'];
  parts text[];
  month int;
  is_numeric_month boolean;
begin
  -- Spaces beside / - . go.
  if position(' ' in written) > 0 then written := regexp_replace(written, ' ?([-/.]) ?', '\1', 'g'); end if;
  parts := regexp_match(
    written,
    '^([0-9]{4})(?:-([0-9]{2})-([0-9]{2})|/([0-9]{2})/([0-9]{2})|([0-9]{2})([0-9]{2}))' || time_of_day
  );
  if parts is not null then
    return row(1, parts[1], coalesce(parts[2], parts[4], parts[6]), coalesce(parts[3], parts[5], parts[7]), 0,
      false, false, parts[8] is not null)::count_once.written_date;
  end if;
  parts := regexp_match(
    written,
    '^([0-9]{1,2})(?:ST|ND|RD|TH)?([-/. ])([0-9]{1,2}|[A-Z]{3,9})\2([0-9]{4}|[0-9]{2})' || time_of_day
  );
  if parts is not null then
    is_numeric_month := left(parts[3], 1) between '0' and '9';
    if is_numeric_month then
      month := parts[3]::int;
    elsif parts[3] = 'SEPT' then
      month := 9;
    else
      select m.place into month from unnest(months) with ordinality as m (name, place)
      where parts[3] in (m.name, left(m.name, 3));
    end if;
    if month is not null then
      return row(2, parts[4], month, parts[1], 0,
        length(parts[4]) = 2, is_numeric_month, parts[5] is not null)::count_once.written_date;
    end if;
  end if;
  parts := regexp_match(written, '^([0-9]{5})([.][0-9]+)?$');
  if parts is not null then
    return row(3, 0, 0, 0, parts[1], false, false, parts[2] is not null)::count_once.written_date;
  end if;
  return null;
end
$$;

-- A birth date as yyyy-mm-dd. Serial numbers count from 1899-12-30. `given_role` as the staging table gives it.
create function count_once.birth_date(cell text, reference_day date, given_role text) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  folded text collate "C" := count_once.fold(cell, 'value');
  written count_once.written_date;
  reference_year constant int := extract(year from reference_day);
  reference_month constant int := extract(month from reference_day);
  reference_date constant int := extract(day from reference_day);
  latest_year int := reference_year;
  value text;
begin
  if folded is null then return count_once.blank('birth-character'); end if;
  if folded = '' then return count_once.blank('birth-missing'); end if;
  written := count_once.read_date(folded);
  if written.form is null then return count_once.blank('birth-unreadable'); end if;
  if written.form = 3 then
    written.year := extract(year from date '1899-12-30' + written.serial);
    written.month := extract(month from date '1899-12-30' + written.serial);
    written.day := extract(day from date '1899-12-30' + written.serial);
  elsif written.is_two_digit_year then
    if given_role in ('parent', 'adult') then latest_year := latest_year - 12; end if;
    written.year := written.year + latest_year / 100 * 100;
    if (written.year, written.month, written.day) > (latest_year, reference_month, reference_date) then
      written.year := written.year - 100;
    end if;
  end if;
  if not count_once.is_day(written.year, written.month, written.day) then return count_once.blank('birth-impossible'); end if;
  value := lpad(written.year::text, 4, '0') || '-' || lpad(written.month::text, 2, '0') || '-' || lpad(written.day::text, 2, '0');
  if value in ('1900-01-01', '1901-01-01') or value = '1970-01-01' and written.has_time then
    return count_once.blank('birth-placeholder');
  end if;
  if (written.year, written.month, written.day) > (reference_year, reference_month, reference_date) then
    return count_once.blank('birth-future');
  end if;
  if (written.year + 120, written.month, written.day) < (reference_year, reference_month, reference_date) then
    return count_once.blank('birth-over-120');
  end if;
  return count_once.kept(value, case when written.is_two_digit_year then 'birth-two-digit-year' else '' end);
end
$$;

-- Whether somebody born on a day, yyyy-mm-dd, is under 16 on the reference day; false of a blank.
create function count_once.is_under_16(birth_day text, reference_day date) returns boolean
  language sql immutable parallel safe
  return case when birth_day = '' then false else
    (left(birth_day, 4)::int + 16, substr(birth_day, 6, 2)::int, right(birth_day, 2)::int) >
    (extract(year from reference_day)::int, extract(month from reference_day)::int, extract(day from reference_day)::int)
  end;

-- Whether a cell of two numbers before a year could be read both ways: null when it is no such cell, else '' , 'day-first' or
-- 'month-first' for the only reading that makes a date of it.
create function count_once.date_order(cell text) returns text
  language plpgsql stable parallel safe as $$
declare
  folded text collate "C" := count_once.fold(cell, 'value');
  written count_once.written_date := count_once.read_date(folded);
begin
  if written.form is distinct from 2 or not written.is_numeric_month then return null; end if;
  if written.day not between 1 and 31 or written.month not between 1 and 31 then return null; end if;
  if written.day > 12 and written.month <= 12 then return 'day-first'; end if;
  if written.month > 12 and written.day <= 12 then return 'month-first'; end if;
  return '';
end
$$;

-- Whether a whole column of birth dates was written month first, which refuses the file.
create function count_once.is_month_first(cells text[]) returns boolean
  language sql stable parallel safe
begin atomic
  select count(*) filter (where o.written = 'day-first') = 0
    and count(*) filter (where o.written = 'month-first') >= 1
    and not (count(*) filter (where o.written = 'month-first') = 1 and count(o.written) >= 21)
  from unnest(cells) as c (cell)
  cross join lateral (select count_once.date_order(c.cell)) as o (written);
end;
