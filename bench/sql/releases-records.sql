-- {records} linked records of {people} people, who mostly use one service each; every tenth is in doubt.
create temporary table drawn as
  select n, person, (person * 7 + (random() * 1.4)::int) % {services} * {quarters} + (random() * {lastquarter})::int as file
  from (select n, (random() * {people})::int as person from generate_series(1, {records}) n) as visit;
insert into record (id, dataset, submission_id, source_row, role, birth, gender, ward, in_area, ethnicity, send_or_disability,
  contacts)
  select n, 'production', s.first + file, n, case when person % 2 = 0 then 'child' else 'parent' end,
    case when person % 2 = 0 then '2021-0' || (person % 9 + 1) else '19' || (60 + person % 40) end,
    (array['F', 'M', 'X', 'unknown'])[person % 4 + 1], 'ward-' || ((person + (random() < 0.05)::int) % 5 + 1),
    case when person % 5 = 4 then 'no' else 'yes' end, chr(65 + person % 8), 'unknown', n % 8
  from drawn cross join (select min(id) as first from submission) s;
insert into link (dataset, record_id, part_id, beneficiary_id, upper_id, lower_id, family_id, nhs_id)
  select 'production', n, person, person, case when person % 10 = 0 then n else person end,
    case when person % 20 < 2 then person / 2 * 2 else person end, person / 3, case when person % 3 > 0 then person end
  from drawn;
analyze record; analyze link
