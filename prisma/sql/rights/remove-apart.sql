-- Deletes what was set apart, with attendances, scores and involvements.
-- {dataset} names the partition. Grain: one row per client of it. Result: client.
-- Never null: client
with gone as (
  delete from record_{dataset} where submission_id = -1 returning id, client_pseudonym
), attendances as (
  delete from attendance a using gone where a.record_id = gone.id
), scores as (
  delete from score c using gone where c.record_id = gone.id
), involvements as (
  delete from involvement i using gone where i.record_id = gone.id
)
select distinct client_pseudonym as client from gone where client_pseudonym is not null
