-- What was found in a checked file, the gravest first, with what was confirmed of it, or was said of the same finding in the
-- service's latest submission that has a reason. $1 submission.
-- Grain: one row per finding. Result: code, field, severity, rows, detail, reason, offered.
select f.code, f.field, f.severity, f.rows, f.detail, c.reason,
  (select earlier.reason
     from confirmation earlier
     join submission e on e.id = earlier.submission_id
    where earlier.code = f.code and earlier.field = f.field
      and e.service_code = s.service_code and e.file_kind = s.file_kind and e.dataset = s.dataset and e.id <> s.id
    order by earlier.confirmed_at desc limit 1) as offered
from finding_count f
join submission s on s.id = f.submission_id
left join confirmation c on c.submission_id = f.submission_id and c.code = f.code and c.field = f.field
where f.submission_id = $1
order by array_position(array['file', 'must-fix', 'confirm', 'note'], f.severity), f.field, f.code
