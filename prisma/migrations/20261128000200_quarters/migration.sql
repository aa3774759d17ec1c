-- Financial quarters, `2024-Q1`, of which the first is April to June: lib/core/standard/quarter.ts says the same. Their bodies
-- are parsed here, once, so that they mean the same under any search_path, and are put into a query in their place.

create function quarter_year(quarter text) returns smallint
  language sql immutable parallel safe
  return left(quarter, 4)::smallint;

-- From 1, which is April to June, to 4, which is January to March of the next year.
create function quarter_of_year(quarter text) returns smallint
  language sql immutable parallel safe
  return right(quarter, 1)::smallint;

create function quarter_first_day(quarter text) returns date
  language sql immutable parallel safe
  return (make_date(quarter_year(quarter), 1, 1) + interval '3 months' * quarter_of_year(quarter))::date;

create function quarter_last_day(quarter text) returns date
  language sql immutable parallel safe
  return (quarter_first_day(quarter) + interval '3 months - 1 day')::date;
