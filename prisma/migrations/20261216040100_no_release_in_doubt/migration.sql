-- No release is made with anything in doubt, whoever makes it. Those that were made before, for the programme alone, stay as they
-- are, and a restore, which holds triggers, takes them.
create function refuse_doubt() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  raise exception 'no release is made with anything in doubt' using errcode = 'check_violation';
end
$$;
create trigger release_repair_decided before insert on release_repair
  for each row when (new.in_doubt <> 0) execute function refuse_doubt();
