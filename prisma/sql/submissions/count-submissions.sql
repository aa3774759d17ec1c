-- How many submissions there are. $1 service, $2 quarter, $3 state, each null for all. Bound by row-level security.
-- Grain: one row. Result: total. Never null: total.
select count(*)::int as total from submission
where ($1::text is null or service_code = $1) and ($2::text is null or quarter = $2)
  and ($3::text is null or state = $3)
