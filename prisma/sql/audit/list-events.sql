-- The events there are, each found by one step in the index rather than by reading the log.
-- Parameters: none.
-- Grain: one row an event, in order.
-- Never null: event
with recursive known (event) as (
  (select event from audit_event order by event limit 1)
  union all
  select (select a.event from audit_event a where a.event > known.event order by a.event limit 1)
    from known where known.event is not null
)
select event from known where event is not null
