-- Contracts: source.covered_from and source.covered_to, which are said with the rules; the version before serves no look-up.
--
-- The rules of a source changed in the browser and put in force by the consent of two people. docs/decisions/look-up-rules.md.

-- The days that a source covers are a rule as its ages are: nothing is shown outside of them.
alter table source_rules
  add column covered_from date,
  add column covered_to date,
  add constraint source_rules_covered check (covered_to >= covered_from);
update source_rules r
set covered_from = s.covered_from, covered_to = s.covered_to
from source s
where s.service_code = r.service_code;
alter table source_rules alter column covered_from set not null;
alter table source drop column covered_from, drop column covered_to;

-- What the portal puts in force is what two people agreed to, word for word, and the version after the last.
create function demand_agreed_rules() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from public.approval
    where reference = new.approval and kind = 'source-rules' and outcome = 'approved' and subject = new.service_code
      and decided_by = new.approved_by and asked_by = new.made_by
      and particulars = new.rules || jsonb_build_object(
        'version', new.version, 'coveredFrom', new.covered_from, 'coveredTo', new.covered_to)
  ) or new.version is distinct from (
    select max(version) + 1 from public.source_rules where service_code = new.service_code
  ) then
    raise exception 'two people have not agreed to this' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger source_rules_agreed before insert on source_rules
  for each row when (new.approval is not null) execute function demand_agreed_rules();

-- Portals and workers read the rules. The portal adds what was agreed to; the owner, as whom an operator acts, what is set up.
grant insert on source_rules to countonce_app;
alter table source_rules enable row level security;
create policy source_rules_read on source_rules for select to countonce_app, countonce_worker using (true);
create policy source_rules_agreed on source_rules for insert to countonce_app
  with check (current_setting('countonce.reach', true) = 'programme' and approval is not null);
