-- Contracts: portal_user_role_check, which is made anew with one role more; the version before makes nobody one, and a store that has
-- any is of a look-up, which that version does not know.
--
-- What a deployment is for: reach is evaluation, look-up direct care. It has one purpose for good.
alter table programme add column purpose text not null default 'reach' check (purpose in ('reach', 'look-up'));

create function keep_purpose() returns trigger language plpgsql as $$
begin
  if new.purpose <> old.purpose then
    raise exception 'a deployment keeps its purpose' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger programme_keeps_purpose before update on programme for each row execute function keep_purpose();

-- Who watches over look-ups belongs to the programme; who looks people up belongs to an organisation.
alter table portal_user drop constraint portal_user_role_check;
alter table portal_user add constraint portal_user_role_check check (
  role in ('provider', 'uploader', 'analyst', 'reviewer', 'administrator', 'officer', 'auditor', 'practitioner', 'manager'));
