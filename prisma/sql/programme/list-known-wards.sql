-- The wards of the register, and those that postcodes lie in beside them, by code.
-- No parameters. One row a ward; one that the register does not have is named by its code.
-- Never null: code, name
select code, name from ward
union all
select distinct ward_code, ward_code from postcode_area
 where ward_code <> '' and not exists (select from ward where code = ward_code)
 order by code
