-- What the files of a service hold, where it is a source. $1 service. Grain: none or one row. Result: kind. Never null: kind
select kind from source where service_code = $1
