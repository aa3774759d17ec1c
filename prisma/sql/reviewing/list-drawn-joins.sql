-- Beneficiaries of production among whose joins of several clients some are drawn by lot: a beneficiary of three clients has
--   two joins, and two chances.
-- $1 what the lot depends on, $2 how many joins. Grain: one row per beneficiary. Result: beneficiary, joins (how many of its
--   own are drawn).
-- Never null: beneficiary, joins
with joined_client as (
  select l.beneficiary_id, r.client_pseudonym, row_number() over (partition by l.beneficiary_id order by min(r.id)) as number
  from link_production l
  join record_production r on r.id = l.record_id
  where r.client_pseudonym is not null
  group by l.beneficiary_id, r.client_pseudonym
), drawn as (
  select beneficiary_id
  from joined_client
  where number > 1
  order by md5($1::text || client_pseudonym::text)
  limit $2
)
select beneficiary_id as beneficiary, count(*)::int as joins
from drawn
group by beneficiary_id
order by beneficiary_id
