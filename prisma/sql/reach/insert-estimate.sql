-- The estimate of one state of the links, if they are still so. $1 version, $2 copies, $3 sampled, $4 pairs, $5 cells, $6 services,
-- $7 mistakes. No result; it writes one row or none.
insert into reach_estimate (linkage_version, copies, sampled, pairs, cells, services, mistakes)
select version, $2, $3, $4, $5, $6, $7
from linkage_state
where dataset = 'production' and version = $1
for share
