-- Tells the planner what the partitioned tables hold that figures and screens join: PostgreSQL's own maintenance looks at partitions alone.
-- No parameters, no result.
do $$
begin
  -- Since PostgreSQL 18 the partitions, which are analysed when they are filled, can be left out.
  if current_setting('server_version_num')::int >= 180000 then
    execute 'analyze only record, only link, only beneficiary, only evidence, only recent_evidence';
  else
    analyze record, link, beneficiary, evidence, recent_evidence;
  end if;
end
$$
