-- What services were called in quarters of theirs. $1 codes, $2 quarters, of each place one.
-- Grain: one row for each place, once. Result: service, quarter, name.
-- Never null: service, quarter, name
select distinct s.code as service, place.quarter, name_in_quarter('service', s.code, place.quarter, s.name) as name
from unnest($1::text[], $2::text[]) as place (service, quarter)
join service s on s.code = place.service
