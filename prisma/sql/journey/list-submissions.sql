-- Where the submissions of services and quarters are on their way, for the list of tasks.
-- $1 services, $2 quarters.
-- Grain: one row per submission of the dataset that the service's files go to, the latest first. Bound by row-level security.
-- Result: service, quarter, kind, reference, state, isHeld, isRead, isShaped, isMatched, hasValues, isAnswered, isBeingWithdrawn.
-- Never null: isHeld, isRead, isShaped, isMatched, hasValues, isAnswered, isBeingWithdrawn.
select s.service_code as service, s.quarter, s.file_kind as kind, s.reference, s.state, s.file_id is not null as "isHeld",
  j.read_at is not null as "isRead", j.shaped_at is not null as "isShaped", j.matched_at is not null as "isMatched",
  j.valued_at is not null as "hasValues",
  is_answered(s.id) as "isAnswered", is_being_withdrawn(s.reference) as "isBeingWithdrawn"
from submission s
left join journey j on j.submission_id = s.id
where s.dataset = dataset_of(s.service_code) and s.service_code = any ($1::text[]) and s.quarter = any ($2::text[])
order by s.id desc
