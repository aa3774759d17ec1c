-- What of the same kind is in the figures for the service and quarter of a submission, and how the submission was found
-- to differ from it, in clients: null where it came into the figures after the check. $1 submission. Bound by row-level security.
-- Grain: one row, or none when nothing stands there. Result: reference, receivedAt, events, same, changed, new, removed.
-- Never null: reference, receivedAt.
select standing.reference, standing.received_at as "receivedAt", standing.events, c.same, c.changed, c.new, c.removed
from submission s
join submission standing
  on standing.dataset = s.dataset and standing.service_code = s.service_code
  and standing.quarter = s.quarter and standing.file_kind = s.file_kind and standing.state = 'linked'
left join comparison c
  on c.submission_id = s.id and c.against = 'standing' and c.other_id = standing.id
where s.id = $1
  -- A feed takes the place of the one before unasked.
  and s.file_kind in ('people', 'activities', 'outcomes')
