-- How the records of one submission differ from those of another of the same service, client by client.
-- $1 dataset, $2 the new submission, $3 the one it is compared with. Result: one row: same, changed, new, removed.
with newer as (
  select client_pseudonym as client, array_agg(to_jsonb(r) - array['id', 'submission_id', 'source_row'] order by source_row) as says
  from record r where r.dataset = $1 and r.submission_id = $2 and client_pseudonym is not null
  group by client_pseudonym
), older as (
  select client_pseudonym as client, array_agg(to_jsonb(r) - array['id', 'submission_id', 'source_row'] order by source_row) as says
  from record r where r.dataset = $1 and r.submission_id = $3 and client_pseudonym is not null
  group by client_pseudonym
)
select
  count(*) filter (where newer.says = older.says)::int as same,
  count(*) filter (where newer.says <> older.says)::int as changed,
  count(*) filter (where older.client is null)::int as new,
  count(*) filter (where newer.client is null)::int as removed
from newer
full join older using (client)
