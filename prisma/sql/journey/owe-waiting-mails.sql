-- Owes a mail for each file that came more than a day ago, and not more than a week, and is not done: on its way to the figures,
-- or erased before it was submitted. Each is owed once. $1 now.
-- Grain: none. Result: how many were owed.
insert into outbox (kind, user_id, submission_id)
select case when s.state in ('accepted', 'pseudonymised') then 'submission-waiting' else 'submission-lapsed' end,
  portal_user.id, s.id
from submission s
join portal_user on portal_user.id = s.received_by
where s.received_at between $1::timestamptz - interval '7 days' and $1::timestamptz - interval '1 day'
  and (
    s.state in ('accepted', 'pseudonymised')
    or s.state in ('received', 'mapped', 'checked') and s.file_id is null
  )
on conflict do nothing
