-- Use of services by people, by families, by the people of the upper bound where they differ from people, and by doubtful
-- records: each once per service and year, with the quarters as a mask.
insert into entity_use
select 'person', u.beneficiary_id, not coalesce(d.several_people, false), not coalesce(d.several_upper, false),
  u.service, u.strand, u.year, y.place, y.start_place,
  coalesce(bit_or(u.bit) filter (where u.is_child), 0), coalesce(bit_or(u.bit) filter (where not u.is_child), 0),
  min(u.quarter) filter (where u.is_child), min(u.quarter) filter (where not u.is_child)
from reached_use u
join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
left join doubtful_component d on d.lower_id = u.lower_id
group by u.beneficiary_id, d.several_people, d.several_upper, u.service, u.strand, u.year, y.place, y.start_place
union all
select 'family', u.family_id, true, true, u.service, u.strand, u.year, y.place, y.start_place,
  bit_or(u.bit), 0, min(u.quarter), null
from reached_use u
join family_year y on y.family_id = u.family_id and y.year = u.year
group by u.family_id, u.service, u.strand, u.year, y.place, y.start_place
union all
select 'upper', u.upper_id, true, true, u.service, u.strand, u.year, y.place, y.start_place,
  bit_or(u.bit), 0, min(u.quarter), null
from reached_use u
join doubtful_component d on d.lower_id = u.lower_id and d.several_upper
join person_year y on y.beneficiary_id = u.beneficiary_id and y.year = u.year
group by u.upper_id, u.service, u.strand, u.year, y.place, y.start_place
