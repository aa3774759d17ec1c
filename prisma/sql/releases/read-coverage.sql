-- Which services have a file of people and service use in the figures of production, by
-- quarter, up to a quarter. $1 last quarter.
-- Grain: one row per quarter with a file. Result: quarter, services (codes by code unit, whatever the collation of the database).
-- Never null: services
select quarter, array_agg(service_code order by service_code collate "C") as services
from submission
where dataset = 'production' and file_kind = 'people' and state = 'linked' and quarter <= $1
group by quarter
