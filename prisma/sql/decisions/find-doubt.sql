-- The doubt in which two records stand on different sides. $1 dataset, $2 part, $3 and $4 records. Result: one row or none:
--   kind, code, rule, people,
-- quarters, put_off, put_off_at. Never null: people, quarters
select kind, code, rule, coalesce(people, 0) as people, coalesce(quarters, 0) as quarters, put_off, put_off_at
from doubt
where dataset = $1 and part_id = $2
  and sides @> jsonb_build_array(jsonb_build_array($3::bigint)) and sides @> jsonb_build_array(jsonb_build_array($4::bigint))
  and not sides @> jsonb_build_array(jsonb_build_array($3::bigint, $4::bigint))
order by kind, code
limit 1
