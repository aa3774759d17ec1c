-- What everything in the register is called. Grain: one row per service, strand and ward. Result: kind, code, name.
-- Never null: kind, code, name
select 'service' as kind, code, name from service
union all select 'strand', code, name from strand
union all select 'ward', code, name from ward
