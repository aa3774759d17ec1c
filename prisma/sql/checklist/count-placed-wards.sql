-- Counts the wards in use, and those of them in which a postcode lies. No parameters.
-- Grain: one row. Result: wards, placed. Never null: wards, placed
select count(*)::int as wards, count(a.ward_code)::int as placed
from ward w
left join (select distinct ward_code from postcode_area) as a on a.ward_code = w.code
where w.closed_after is null
