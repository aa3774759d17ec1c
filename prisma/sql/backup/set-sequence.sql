-- Has a sequence go on after a number. $1 its name, $2 the last it gave, $3 whether it gave it. One row.
select setval(format('public.%I', $1::text)::regclass, $2::bigint, $3::boolean)::text as last
