-- Who would join and who would part in a trial. {dataset} names the partitions. Needs tried_link, tried_join, tried_part.
--   Grain: one row per person who
-- joins several of now, and per person of now who parts. Result: kind, people (their references now), into_people (how many
--   they are afterwards),
-- rules, services.
-- Never null: kind, people, into_people, rules, services
with meeting as materialized (
  select t.person_id, l.beneficiary_id, s.service_code
  from tried_link t
  join link_{dataset} l on l.record_id = t.record_id
  join record_{dataset} r on r.id = t.record_id
  join submission s on s.id = r.submission_id
), joining as (
  select person_id, array_agg(distinct beneficiary_id) as beneficiaries, array_agg(distinct service_code) as services
  from meeting
  group by person_id
  having count(distinct beneficiary_id) > 1
), parting as (
  select beneficiary_id, count(distinct person_id)::int as into_people, array_agg(distinct service_code) as services
  from meeting
  group by beneficiary_id
  having count(distinct person_id) > 1
)
select 'join' as kind,
  array(select reference from beneficiary_{dataset} b where b.id = any (j.beneficiaries) order by reference) as people,
  1 as into_people,
  array(select distinct rule from tried_join t where t.person_id = j.person_id order by rule) as rules,
  j.services
from joining j
union all
select 'part', array(select reference from beneficiary_{dataset} b where b.id = p.beneficiary_id), p.into_people,
  array(select distinct rule from tried_part t where t.beneficiary_id = p.beneficiary_id order by rule), p.services
from parting p
order by kind, people
