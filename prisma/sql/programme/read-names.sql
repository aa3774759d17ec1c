-- What everything in the register was called in a quarter, or is called now. $1 quarter, or null for now.
-- Grain: one row per service, strand and ward. Result: kind, code, name.
-- Never null: kind, code, name
with named as (
  select 'service' as kind, code, name from service
  union all select 'strand', code, name from strand
  union all select 'ward', code, name from ward
)
select kind, code, case when $1::text is null then name else name_in_quarter(kind, code, $1, name) end as name from named
