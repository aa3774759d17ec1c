-- Mails for a withdrawal, and for what waits longer than a day: whoever uploaded a file hears of it when it is taken out of the
-- figures, when it is still on its way a day after it came, and when it was erased before it was submitted.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (
  kind in (
    'submission-linked', 'submission-rejected', 'submission-withdrawn', 'submission-waiting', 'submission-lapsed'
  )
);

-- Whoever replaced a file is told of the new one alone.
create trigger submission_owes_withdrawal
  after update of state on submission
  for each row
  when (old.state = 'linked' and new.state = 'withdrawn' and new.reason is distinct from 'replaced')
  execute function owe_result_mail();
