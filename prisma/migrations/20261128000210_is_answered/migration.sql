-- Whether nothing that was found in a submission waits for an answer: what must be mended is left out with a reason, what is to be
-- confirmed was confirmed, and nothing stops the whole file. Read with the rights of whoever asks.
create function is_answered(submission_id bigint) returns boolean
  language sql stable parallel safe
  return not exists (
    select from finding_count f
    left join journey j on j.submission_id = f.submission_id
    where f.submission_id = is_answered.submission_id
      and (f.severity = 'file'
        or f.severity = 'must-fix' and j.leave_out_reason is null
        or f.severity = 'confirm' and not exists (
          select from confirmation c
          where c.submission_id = f.submission_id and c.code = f.code and c.field = f.field))
  );
