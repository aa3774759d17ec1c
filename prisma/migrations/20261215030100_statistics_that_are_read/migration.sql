-- The planner is told of the parents that figures and screens join, and no longer of evidence: linking reads that by its
-- partitions, which are analysed when they are filled, and a sample of its many short rows took as long as all the others.
create or replace function refresh_statistics() returns void
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- Since PostgreSQL 18 the partitions, which are analysed when they are filled, can be left out.
  if current_setting('server_version_num')::int >= 180000 then
    execute 'analyze only record, only link, only beneficiary';
  else
    analyze record, link, beneficiary;
  end if;
end
$$;
