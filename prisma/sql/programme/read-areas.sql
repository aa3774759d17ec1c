-- Every postcode of the store with the area it lies in, for COPY.
-- No parameters. One row a postcode; a decile that is not known is 0.
select digest::text, ward_code, coalesce(imd_decile, 0)::int2 as imd_decile, in_area from postcode_area
