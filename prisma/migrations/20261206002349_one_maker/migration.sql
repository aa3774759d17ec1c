-- Contracts: a group of an organisation makes nobody an officer, and the version before refuses a register that says so at its import.
-- Two accounts of one person's making are no second person to each other either.

-- Whether one of two people is behind the other's account since a moment, or one person is behind both: made it, gave it what it is, or
-- had a part in how its owner gets in; and whoever is behind who did is behind it too. Operators and the portal are nobody's second
-- person, so that what they make stands alone. The audit log tells; whoever asks learns this alone of it.
create or replace function has_made_account(one text, other text, since timestamptz) returns boolean
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  with recursive behind (account, person) as (
    select account, account from unnest(array[one, other]) account
    union
    select b.account, e.actor
      from behind b
      join audit_event e on e.subject = b.person
     where e.at > since
       and e.event in (
         'user.invited', 'user.enabled', 'password-link.sent', 'factor.reset', 'factor.reset-agreed', 'administrator.made',
         'administrator.restored', 'officer.made', 'officer.restored')
       and exists (select from portal_user u where u.id = e.actor)
  )
  select exists (select from behind a join behind b on b.person = a.person where a.account = one and b.account = other)
$$;

-- No group of an organisation makes anybody an officer: who approves what others ask for is given by two people here.
delete from sign_on_group where role = 'officer';
update portal_user set by_group = false where by_group and role = 'officer';
alter table sign_on_group drop constraint sign_on_group_role_check;
alter table sign_on_group add constraint sign_on_group_role_check check (role in ('analyst', 'reviewer', 'auditor'));
