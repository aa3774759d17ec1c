-- Deletes what was asked of workers and is done, with the reports of linking anew that it made. $1 the moment before which it
-- ended, $2 whether drafts of releases, or all else. No result.
with due as (
  select id from act where ended_at < $1 and (kind = 'draft-release') = $2
), change as (
  delete from relink_change c using due where c.act_id = due.id
), reach as (
  delete from relink_reach r using due where r.act_id = due.id
), report as (
  delete from relink_report r using due where r.act_id = due.id
)
delete from act using due where act.id = due.id
