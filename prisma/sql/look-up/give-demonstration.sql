-- Gives the demonstration's practitioners what they may open: the first every source, others those of three kinds that most need.
-- No parameters. No result.
insert into look_up_grant (user_id, source, given_by, given_at)
select practitioner.id, source.service_code, manager.id, now()
from portal_user practitioner
join portal_user manager on manager.demonstration and manager.role = 'manager'
join source
  on practitioner.email like 'practitioner@%' or source.kind in ('school', 'housing', 'childrens-social-care')
where practitioner.demonstration and practitioner.role = 'practitioner'
on conflict do nothing
