-- The estimate of one state of the links, if they are still so. $1 version, $2 copies, $3 sampled, $4 pairs, $5 cells, $6
--   services,
-- $7 mistakes, $8 families, $9 family_copies, $10 family_mistakes, $11 how many answers about joined pairs it has heard of. No
--   result; it writes
-- one row or none.
insert into reach_estimate (
  linkage_version, copies, sampled, pairs, cells, services, mistakes, families, family_copies, family_mistakes, verdicts
)
select version, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11
from linkage_state
where dataset = 'production' and version = $1
for share
