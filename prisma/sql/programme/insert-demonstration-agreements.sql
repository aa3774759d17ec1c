-- Gives every service an agreement that is marked as the demonstration's. $1 first and $2 last day, $3 purposes, none
--   for every one. No result.
insert into agreement (service_code, valid_from, valid_to, demonstration, purposes)
select code, $1::date, $2::date, true, $3::text[] from service
