-- Who is reached in a quarter, said once: lib/core/reach says the same of records in memory. Of a record its status, attended contacts, and first
-- and last day; of its submission how it counts, and the first and last day of its quarter. One expression, so that it is put into the query in its place.
create function is_reached(
  status text, contacts integer, start_date date, end_date date,
  counting text, first_day date, last_day date
) returns boolean language sql immutable parallel safe as $$
  select coalesce(status, '') not in ('waiting', 'declined')
    and (
      contacts >= 1
      or counting = 'active-enrolment'
        and (start_date is null or start_date <= last_day)
        and case
          when end_date is not null then end_date >= first_day
          else coalesce(status, 'active') = 'active'
        end
    )
$$;
