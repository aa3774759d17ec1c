-- What the scores of a period come to: docs/measures.md, and measureScores in lib/core/measures.
-- $1 dataset, $2 first quarter, $3 last quarter. Grain: one row per service, instrument and sub-scale with any.
-- Result: service, instrument, subScale, scores, baseline, later, paired.
-- Never null: service, instrument, subScale, scores, baseline, later, paired
with given as (
  -- one score of a person at a time point and day, however often files give it
  select s.service_code, c.instrument, c.sub_scale, l.beneficiary_id, c.time_point, c.day, bool_or(s.quarter >= $2) as is_in
  from submission s
  join score c on c.submission_id = s.id
  join link l on l.dataset = $1::dataset and l.record_id = c.record_id
  where s.dataset = $1::dataset and s.state = 'linked' and s.quarter <= $3
  group by s.service_code, c.instrument, c.sub_scale, l.beneficiary_id, c.time_point, c.day
), person as (
  select service_code, instrument, sub_scale, count(*) filter (where is_in) as scores,
    count(*) filter (where is_in and time_point = 'baseline') > 0 as has_baseline,
    min(day) filter (where time_point = 'baseline') as first_baseline,
    max(day) filter (where is_in and time_point <> 'baseline') as last_later
  from given
  group by service_code, instrument, sub_scale, beneficiary_id
)
select service_code collate "C" as service, instrument collate "C" as instrument, sub_scale collate "C" as "subScale",
  sum(scores)::int as scores, count(*) filter (where has_baseline)::int as baseline, count(last_later)::int as later,
  count(*) filter (where first_baseline <= last_later)::int as paired
from person
group by service_code, instrument, sub_scale
having sum(scores) > 0
order by 1, 2, 3
