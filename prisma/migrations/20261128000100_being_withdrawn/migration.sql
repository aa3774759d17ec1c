-- Whether somebody asked for a submission to be withdrawn and no worker has done it yet: every list says so at once.
-- Inlined by the planner, which finds the act by act_subject.
create function is_being_withdrawn(submission_reference text) returns boolean
  language sql stable as $$
  select exists (
    select from act
    where subject = submission_reference and kind = 'withdraw' and stage in ('waiting', 'running'))
$$;
