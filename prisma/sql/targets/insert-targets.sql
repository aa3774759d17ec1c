-- Sets targets as they now are. $1 services, $2 quarters, $3 indicators, $4 values (null takes one back), $5 who, $6 when.
-- Result: how many were set.
insert into service_target (service_code, quarter, indicator, value, set_by, set_at)
select service, quarter, indicator, value, $5, $6
from unnest($1::text[], $2::text[], $3::text[], $4::float8[]) as given (service, quarter, indicator, value)
