-- Never null: doubt, kind, code, people, quarters, side, submission, service, quarter, row, role, reference, receipt
-- Conflicts and near matches with where each of their records stands in its own file: first those whose settling changes
--   figures most, as
-- likely as it is that their sides are one person.
-- $1 dataset, $2 kind or null for both, $3 whether those that wait for a reviewer, or else those that were put off, $4 the
--   moment before which
-- what was put off for later has come up again, $5 codes, $6 rules ('' for none) and $7 how likely each is one person, in one
--   order, $8 how many
-- doubts at most, $9 after how many. Grain: one row per doubt and record. Result: doubt (number), kind, code, rule, people,
--   quarters,
-- put_off, side, submission, service, quarter, row, role, reference (of the beneficiary that it is of now), receipt (what of it
--   tells where the
-- row stands). Of each side a row with a client reference comes first: a decision can be kept about it.
with likely as (
  select code, rule, share from unnest($5::text[], $6::text[], $7::float8[]) as likely (code, rule, share)
), listed as materialized (
  select d.kind, d.code, d.rule, d.sides, d.put_off, coalesce(d.people, 0) as people, coalesce(d.quarters, 0) as quarters,
    row_number() over (
      order by coalesce(d.people, 0) * coalesce(likely.share, 1) desc, coalesce(d.quarters, 0) * coalesce(likely.share, 1) desc,
        d.kind, d.code, d.part_id, d.sides::text) as doubt
  from doubt d
  left join likely on likely.code = d.code and likely.rule = coalesce(d.rule, '')
  where d.dataset = $1 and ($2::text is null or d.kind = $2)
    and $3::boolean = (d.put_off is null
      or d.put_off = 'later' and d.put_off_at < $4
      or d.put_off = 'ask' and not exists (select from provider_question q where q.decision_id = d.put_off_by
        and q.state = 'open'))
  order by doubt
  limit $8 offset $9
), member as (
  select listed.*, side.ordinality as side, id.value::bigint as record_id
  from listed
  cross join lateral jsonb_array_elements(listed.sides) with ordinality as side (ids, ordinality)
  cross join lateral jsonb_array_elements_text(side.ids) as id (value)
)
select m.doubt::int, m.kind, m.code, m.rule, m.people, m.quarters, m.put_off, m.side::int, s.reference as submission,
  s.service_code as service,
  s.quarter, r.source_row as row, r.role, b.reference,
  jsonb_build_object('headerRow', s.receipt -> 'headerRow', 'places', s.receipt -> 'places') as receipt
from member m
join record r on r.dataset = $1 and r.id = m.record_id
join submission s on s.id = r.submission_id
join link l on l.dataset = $1 and l.record_id = r.id
join beneficiary b on b.dataset = $1 and b.id = l.beneficiary_id
order by m.doubt, m.side, r.client_pseudonym is null, s.quarter, s.service_code, r.source_row
