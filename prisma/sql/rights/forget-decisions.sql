-- Forgets decisions about clients of whom no record is left, with what came of them. {dataset} names the partitions; $1 dataset,
-- $2 client pseudonyms. No result.
with lost as (
  select client
  from unnest($2::uuid[]) as client
  where not exists (select from evidence_{dataset} e where e.value = client)
    and not exists (select from recent_evidence_{dataset} e where e.value = client)
), forgotten as (
  select d.id
  from decision d
  join lost on lost.client in (d.left_client, d.right_client)
  where d.dataset = $1
), question as (
  delete from provider_question q using forgotten where q.decision_id = forgotten.id
), verdict as (
  delete from review_verdict v
  using review_sample c
  join forgotten on forgotten.id = c.decision_id
  where v.sample_id = c.id
), sample as (
  delete from review_sample c using forgotten where c.decision_id = forgotten.id
)
delete from decision d using forgotten where d.id = forgotten.id
