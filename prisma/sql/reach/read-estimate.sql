-- What the estimate of the production links as they are now came to; none where it is not made yet. Grain: one row.
-- Result: copies, sampled, pairs, cells, services, mistakes, families, family_copies,
-- family_mistakes, made_at.
select e.copies, e.sampled, e.pairs, e.cells, e.services, e.mistakes, e.families, e.family_copies, e.family_mistakes, e.made_at
from linkage_state state
join reach_estimate e on e.linkage_version = state.version
where state.dataset = 'production'
