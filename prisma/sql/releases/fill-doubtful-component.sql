-- Which components of the lower bound are not plainly one person.
insert into doubtful_component
select lower_id,
  min(beneficiary_id) <> max(beneficiary_id) or coalesce(min(nhs_id) <> max(nhs_id), false),
  min(upper_id) <> max(upper_id)
from reached_use
group by lower_id
having min(upper_id) <> max(upper_id) or min(nhs_id) <> max(nhs_id)
