-- How many records could not be matched with certainty: those of a component that the upper bound counts as several.
-- Grain: one row per service, place of the year, place of the first contact and quarter.
-- Result: service, strand, place, start_place, year, quarter (counted through), quarters, records.
-- Never null: service, strand, place, start_place, year, quarter, quarters, records
select u.service, u.strand, y.place, y.start_place, u.year, u.quarter, all_quarters(u.quarters) as quarters,
  count(*)::int as records
from reached_use u
join doubtful_component d on d.lower_id = u.lower_id and d.several_upper
join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
group by u.service, u.strand, y.place, y.start_place, u.year, u.quarter, all_quarters(u.quarters)
