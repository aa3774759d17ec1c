-- How many pairs were drawn, and how many somebody has answered about. No parameters. Grain: one row per kind and quarter.
--   Result: kind, drawn_in, drawn, checked.
-- Never null: drawn, checked
select s.kind, s.drawn_in, count(*)::int as drawn,
  count(*) filter (where exists (select from review_verdict v where v.sample_id = s.id))::int as checked
from review_sample s
group by s.kind, s.drawn_in
order by s.drawn_in desc, s.kind
