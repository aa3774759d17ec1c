-- What each submission says of all its records. $1 dataset. Grain: one row per submission. Result: id, service, quarter, epoch.
select id, service_code as service, quarter, epoch from submission where dataset = $1
