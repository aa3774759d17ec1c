-- For every {each}th record an outcomes file that gives two scores of its person, and an activities file that says they came:
-- of the same service and quarter. {records} is how many records there are already.
insert into framework_version (version, framework, made_by, made_at) values (1, '{"outcomes": [{"code": "o", "label": "Outcome"}],
  "measures": [{"code": "m", "outcome": "o", "label": "Measure"}], "instruments": [{"code": "scale", "label": "Invented scale",
  "words": [], "measure": "m", "least": 0, "most": 70, "invented": true, "better": "higher",
  "reliableChange": {"by": 6, "source": "Invented"}}]}', 'bench', now());
insert into submission (reference, dataset, service_code, quarter, state, file_kind, file_digest, file_bytes, received_by)
  select kind || reference, 'production', service_code, quarter, 'linked', kind, convert_to(kind || reference, 'UTF8'), 1, 'bench'
  from (select * from submission order by id) people, unnest(array['outcomes', 'activities']) kind;
create temporary table event_file as
  select p.id as people, e.id as event, e.file_kind as kind, quarter_first_day(e.quarter) as first_day
  from submission p join submission e on e.service_code = p.service_code and e.quarter = p.quarter and e.file_kind <> 'people'
  where p.file_kind = 'people';
create temporary table event_record as
  select {records} + row_number() over () as id, r.id as of_record, f.event, f.kind, f.first_day
  from record r join event_file f on f.people = r.submission_id where r.id % {each} = 0;
insert into record (id, dataset, submission_id, source_row, role, birth, gender, ward, in_area, ethnicity, send_or_disability)
  select e.id, 'production', e.event, e.id, r.role, r.birth, r.gender, r.ward, r.in_area, r.ethnicity, 'unknown'
  from event_record e join record r on r.id = e.of_record;
insert into link (dataset, record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id)
  select 'production', e.id, l.part_id, l.beneficiary_id, l.upper_id, l.lower_id, l.family_id, l.nhs_id
  from event_record e join link l on l.record_id = e.of_record;
insert into score (record_id, submission_id, instrument, sub_scale, time_point, day, thousandths)
  select e.id, e.event, 'scale', '', t.point, e.first_day + t.days, 1000 * (20 + (e.id * t.days) % 45)
  from event_record e, (values ('baseline', 3), ('follow_up', 80)) as t (point, days) where e.kind = 'outcomes';
insert into activity (submission_id, number, day, adults, children)
  select event, 0, first_day + 40, 5, 7 from event_file where kind = 'activities';
insert into attendance (record_id, submission_id, activity)
  select id, event, 0 from event_record where kind = 'activities';
analyze record; analyze link; analyze score; analyze attendance; analyze submission
