-- What is known of a service's quarters that may be why its figures are what they are: QuarterFacts in lib/core/measures.
-- $1 dataset, $2 service, $3 quarters. Grain: one row per quarter, in their order.
-- Result: the fields of QuarterFacts.
-- Never null: quarter, hasFile, isNil, isReplacement, rowsUsed, rowsOut, withdrawn, settled, registerChanges, frameworkVersions
select q.quarter, f.id is not null as "hasFile",
  exists (select from nil_return n where n.service_code = $2 and n.quarter = q.quarter) as "isNil",
  coalesce(f.replaces_id is not null, false) as "isReplacement",
  (f.received_at at time zone 'Europe/London')::date - coalesce(x.until, r.deadline, quarter_last_day(q.quarter) + 30)
    as "daysLate",
  coalesce(f.rows_accepted, 0) as "rowsUsed", coalesce(f.rows_rejected, 0) as "rowsOut",
  (select count(*) from submission w
    where w.dataset = $1::dataset and w.service_code = $2 and w.quarter = q.quarter and w.file_kind = 'people'
      and w.state = 'withdrawn' and w.reason is distinct from 'replaced')::int as withdrawn,
  f.counting,
  (select count(distinct d.id) from record e
    join decision d on d.dataset = $1::dataset and (d.left_client = e.client_pseudonym or d.right_client = e.client_pseudonym)
    where e.dataset = $1::dataset and e.submission_id = f.id and d.undone_at is null
      and d.kind in ('same', 'different', 'nhs-wrong'))::int as settled,
  (select count(*) from register_version v
    where v.kind = 'service' and v.code = $2 and v.valid_from = q.quarter)::int as "registerChanges",
  (select count(*) from framework_version v
    where (v.made_at at time zone 'Europe/London')::date between quarter_first_day(q.quarter) and quarter_last_day(q.quarter)
  )::int as "frameworkVersions"
from unnest($3::text[]) with ordinality as q (quarter, place)
left join submission f on f.dataset = $1::dataset and f.service_code = $2 and f.quarter = q.quarter and f.file_kind = 'people'
  and f.state = 'linked'
left join reporting_quarter r on r.quarter = q.quarter
left join lateral (
  select until from extension where service_code = $2 and quarter = q.quarter order by id desc limit 1) as x on true
order by q.place
