-- The numbers that the making of a release packs, each part with a name: few and short keys are what makes grouping millions of rows
-- fast. Nothing outside SQL packs or unpacks them. Every function is one expression, which the planner puts in its place.

-- Which quarters of a year, as a child (1, 2, 4, 8 for the first to the fourth) and as an adult (16 times that).
create function pack_quarter(quarter_of_year integer, is_child boolean) returns integer
  language sql immutable parallel safe
  return 1 << (quarter_of_year - 1 + case when is_child then 0 else 4 end);

create function child_quarters(quarters integer) returns integer
  language sql immutable parallel safe
  return quarters & 15;

create function adult_quarters(quarters integer) returns integer
  language sql immutable parallel safe
  return quarters >> 4;

-- Child or adult.
create function all_quarters(quarters integer) returns integer
  language sql immutable parallel safe
  return (quarters | (quarters >> 4)) & 15;

-- The first quarter, 0 to 3, of those of a child or of an adult; null where there is none.
create function first_quarter(quarters integer) returns integer
  language sql immutable parallel safe
  return case
    when quarters & 1 <> 0 then 0
    when quarters & 2 <> 0 then 1
    when quarters & 4 <> 0 then 2
    when quarters & 8 <> 0 then 3
  end;

-- Who is counted, in which year and place: 12 bits for the year and 12 for the place.
create function pack_cell(who integer, year integer, place integer) returns integer
  language sql immutable parallel safe
  return (who * 4096 + year) * 4096 + place;

create function cell_who(cell integer) returns integer
  language sql immutable parallel safe
  return cell >> 24;

create function cell_year(cell integer) returns integer
  language sql immutable parallel safe
  return (cell >> 12) & 4095;

create function cell_place(cell integer) returns integer
  language sql immutable parallel safe
  return cell & 4095;

-- Who is counted, and in which place, since the start.
create function pack_start_cell(who integer, place integer) returns integer
  language sql immutable parallel safe
  return who * 4096 + place;

create function start_cell_who(start_cell integer) returns integer
  language sql immutable parallel safe
  return start_cell >> 12;

create function start_cell_place(start_cell integer) returns integer
  language sql immutable parallel safe
  return start_cell & 4095;

-- What was said at a contact, so that the least of them is what counts: by quarter (counted through), what says something before
-- what does not, then by service and value. silence is 0 to 3.
create function pack_said(quarter integer, silence integer, service integer, value integer) returns integer
  language sql immutable parallel safe
  return (((quarter & 3) * 4 + silence) * 4096 + service) * 4096 + value;

create function said_value(said integer) returns integer
  language sql immutable parallel safe
  return said & 4095;
