-- What services aim at: the last target of each service, quarter and indicator that was not taken back.
-- $1 quarter, or null for every one. Grain: one row per service, quarter and indicator.
-- Result: service, quarter, indicator, value, set_by, set_at.
-- Never null: value
with last as (
  select distinct on (quarter, service_code, indicator) service_code as service, quarter, indicator, value, set_by, set_at
  from service_target
  where $1::text is null or quarter = $1
  order by quarter, service_code, indicator, id desc
)
select service, quarter, indicator, value, set_by, set_at
from last
where value is not null
order by quarter collate "C", service collate "C", indicator collate "C"
