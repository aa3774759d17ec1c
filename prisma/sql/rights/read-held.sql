-- What is held in the records that are picked for a request, and with whom each is counted, as figures only. A record that is
--   kept apart is counted with nobody.
-- {dataset} names the partitions; $1 request, $2 dataset. Grain: one row per record.
-- Result: number, beneficiary_id, service, provider, controller, quarter, ward, columns, attended and scores (arrays, or null),
--   kind (of a source of a look-up) and involvements (an array in the order of the file, or null), restricted, counted_records,
--   counted_services, family_children, family_adults.
-- Never null: number, service, provider, quarter, columns, restricted, counted_records, counted_services, family_children,
--   family_adults
with picked as (
  select f.number, f.quarter, f.service_code, f.restricted, l.beneficiary_id, l.family_id,
    coalesce(to_jsonb(r) || jsonb_build_object(
      'attendances', (select jsonb_agg(to_jsonb(a)) from attendance a where a.record_id = r.id),
      'scores', (select jsonb_agg(to_jsonb(c)) from score c where c.record_id = r.id),
      'involvements', (select jsonb_agg(to_jsonb(i)) from involvement i where i.record_id = r.id)), x.kept) as held
  from rights_record f
  left join record_{dataset} r on r.id = f.record_id
  left join restricted_record x on x.record_id = f.record_id
  left join link_{dataset} l on l.record_id = f.record_id
  where f.request_id = $1 and f.dataset = $2 and f.picked
), counted as (
  select l.beneficiary_id, count(distinct (r.submission_id, r.source_row, r.role))::int as records,
    count(distinct s.service_code)::int as services
  from link_{dataset} l
  join record_{dataset} r on r.id = l.record_id
  join submission s on s.id = r.submission_id
  where l.beneficiary_id in (select beneficiary_id from picked)
  group by l.beneficiary_id
), family as (
  select l.family_id,
    count(distinct l.beneficiary_id) filter (where r.role = 'child')::int as children,
    count(distinct l.beneficiary_id) filter (where r.role <> 'child')::int as adults
  from link_{dataset} l
  join record_{dataset} r on r.id = l.record_id
  where l.family_id in (select family_id from picked)
  group by l.family_id
)
select p.number, p.beneficiary_id, name_in_quarter('service', v.code, p.quarter, v.name) as service,
  name_in_quarter('provider', o.code, p.quarter, o.name) as provider, p.quarter,
  case when w.code is not null then name_in_quarter('ward', w.code, p.quarter, w.name) end as ward,
  jsonb_strip_nulls(p.held) as columns, p.restricted,
  (select jsonb_agg(jsonb_build_object('day', a.day, 'type', a.type) order by a.day, a.type)
    from jsonb_array_elements(nullif(p.held -> 'attendances', 'null')) as t (came)
    join activity a on a.submission_id = (t.came ->> 'submission_id')::bigint and a.number = (t.came ->> 'activity')::int)
    as attended,
  (select jsonb_agg(c.score order by c.score ->> 'instrument', c.score ->> 'sub_scale', c.score ->> 'day')
    from jsonb_array_elements(nullif(p.held -> 'scores', 'null')) as c (score)) as scores,
  u.kind,
  (select jsonb_agg(jsonb_build_object(
      'state', i.state, 'startDate', coalesce(i.start_date::text, ''), 'lastDate', coalesce(i.last_date::text, ''),
      'endDate', coalesce(i.end_date::text, ''), 'details', i.details,
      'staff', jsonb_build_object(
        'name', coalesce(i.staff_name, ''), 'role', coalesce(i.staff_role, ''), 'phone', coalesce(i.staff_phone, ''),
        'email', coalesce(i.staff_email, ''), 'team', coalesce(i.staff_team, ''))) order by i.place)
    from jsonb_populate_recordset(null::involvement, nullif(p.held -> 'involvements', 'null')) i) as involvements,
  coalesce(c.records, 0) as counted_records, coalesce(c.services, 0) as counted_services,
  coalesce(f.children, 0) as family_children, coalesce(f.adults, 0) as family_adults,
  (
    select a.controller from agreement a where a.service_code = p.service_code order by a.valid_from desc, a.id desc limit 1
  ) as controller
from picked p
join service v on v.code = p.service_code
join provider o on o.code = v.provider_code
left join source u on u.service_code = p.service_code
left join ward w on w.code = p.held ->> 'ward'
left join counted c on c.beneficiary_id = p.beneficiary_id
left join family f on f.family_id = p.family_id
where p.held is not null
order by p.number
