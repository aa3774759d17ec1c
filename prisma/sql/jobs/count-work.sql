-- How the workers are doing: jobs of submissions and acts of administrators together.
-- No parameters. One row; a job is stalled when nobody was heard of for half a minute.
-- Never null: waiting, running, stalled, failed
with work as (
  select stage, sent_at, greatest(heartbeat_at, ended_at) as heard_at,
         stage in ('reading', 'linking') and heartbeat_at < now() - interval '30 seconds' as is_stalled
    from submission_job
  union all
  select stage, asked_at, greatest(begun_at, ended_at), false from act
)
select count(*) filter (where stage = 'waiting')::int as waiting,
       count(*) filter (where stage in ('reading', 'linking', 'running'))::int as running,
       count(*) filter (where is_stalled)::int as stalled,
       count(*) filter (where stage = 'failed')::int as failed,
       max(heard_at) as "lastHeard",
       min(sent_at) filter (where stage = 'waiting') as "oldestWaiting"
  from work
