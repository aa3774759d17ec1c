-- For example: {first} 0, {last} 1, {links} link_production.
-- The records of some parts, part after part, with the links they have.
-- {dataset} names the partition, {links} the table of links; ordinals from {first} up to, not including, {last}. Needs
--   scope_part, carried_beneficiary.
-- Grain: one row per record. Result for copyRows. Each record is looked up by itself (that is what offset 0 holds the planner
--   to):
-- the first rows come at once, and the next are read while those are decided. A join of whole tables would come first and read
--   all for a few.
select s.part_id, r.id, r.submission_id, r.source_row, r.role, r.birth, r.gender, r.ward, {r.pseudonyms},
  coalesce(
    l.beneficiary_id,
    (select beneficiary_id from carried_beneficiary where client = r.client_pseudonym)
  ) as brings_beneficiary_id,
  l.part_id as old_part_id, l.beneficiary_id, l.upper_id, l.lower_id, l.family_id, l.nhs_id,
  coalesce(r.epoch, 0)::int4 as epoch
from scope_part s
cross join lateral (select * from record_{dataset} where id = s.record_id offset 0) r
left join lateral (select * from {links} where record_id = s.record_id offset 0) l on true
where s.ordinal >= {first} and s.ordinal < {last}
order by s.ordinal
