-- Whoever is asked to send a file again after staging was scrubbed is told in that mail that it was removed: once, not twice.
create or replace trigger submission_owes_withdrawal
  after update of state on submission
  for each row
  when (
    old.state = 'linked' and new.state = 'withdrawn'
    and new.reason is distinct from 'replaced' and new.reason is distinct from 'scrubbed'
  )
  execute function owe_result_mail();
create or replace trigger submission_owes_result
  after update of state on submission
  for each row
  when (
    old.state in ('accepted', 'pseudonymised') and new.state in ('linked', 'rejected')
    and new.reason is distinct from 'scrubbed'
  )
  execute function owe_result_mail();
