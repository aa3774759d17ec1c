-- What was chosen for a file before it was erased or lost, or for the one it takes the place of: for the same service,
--   quarter and kind, not
-- submitted, and with no file of the service taken since, whose way is newer. $1 submission, $2 dataset, $3 service, $4 quarter.
-- Bound by row-level security.
-- Grain: one row, or none. Result: remembered, isSame. Never null: isSame.
select remembered, submission.id = $1 as "isSame"
from journey
join submission on submission.id = journey.submission_id
where dataset = $2 and service_code = $3 and quarter = $4 and file_kind = (select file_kind from submission where id = $1)
  and (submission.id = $1 or ((state in ('received', 'mapped', 'checked') or reason in ('discarded', 'file-erased',
    'file-damaged')) and not exists
    (select from submission taken
      where taken.dataset = $2 and taken.service_code = $3 and taken.file_kind = submission.file_kind and taken.id > submission.id
        and taken.state in ('pseudonymised', 'linked', 'withdrawn'))))
order by submission.id = $1 desc, submission.id desc
limit 1
