-- Deletes what was set apart. {dataset} names the partition. Grain: one row per client of it. Result: client.
-- Never null: client
with gone as (
  delete from record_{dataset} where submission_id = -1 returning client_pseudonym
)
select distinct client_pseudonym as client from gone where client_pseudonym is not null
