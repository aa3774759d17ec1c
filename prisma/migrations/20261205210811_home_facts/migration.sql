-- When a backup was last restored and found whole, from the entry that the drill leaves: for who may not read the trail.
create function last_backup_test() returns timestamptz
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select at from audit_event where event = 'backup.tested' order by seq desc limit 1
$$;
revoke all on function last_backup_test() from public;
grant execute on function last_backup_test() to countonce_app;

-- How many doubts wait for a reviewer whose rows were all here by a moment. A doubt is made anew with the part that it is in, so its age is
-- that of the latest file that it comes from.
create function count_doubts_since(moment timestamptz) returns integer
  language sql stable security definer
  set search_path = pg_catalog, public, pg_temp
as $$
  select count(*)::int from doubt d
   where d.dataset = 'production' and d.put_off is null
     and not exists (
       select from jsonb_array_elements(d.sides) side, jsonb_array_elements_text(side) one
         join record r on r.dataset = 'production' and r.id = one::bigint
         join submission s on s.id = r.submission_id
        where s.received_at > moment)
$$;
revoke all on function count_doubts_since(timestamptz) from public;
grant execute on function count_doubts_since(timestamptz) to countonce_app;
