-- For example: {telling} nhs_number_pseudonym, {described} nhs_number_pseudonym.
-- How the clients of a submission differ from those of its service's latest earlier quarter, client by client: changed is who
-- is described by other identifiers, birth or gender than then; service use differs every quarter. Others are those of the
-- changed whose NHS number, or name and birth, is another's while nothing that tells a person is the same.
-- Clients who were taken out untold are compared as if they were there still: $3 submissions, $4 epochs,
--   $5 clients, $6 what tells them, $7 their NHS numbers, $8 names with birth and $9 all that tells a person, in one order.
-- $1 dataset, $2 submission. {described} is what a record says of its person, {telling} what of that tells a person.
-- Grain: one row, or none when there is no earlier quarter. Result: otherId, quarter, same, changed, others, new, removed.
-- Never null: otherId, quarter, same, changed, others, new, removed.
with earlier as (
  select s.id, s.quarter
  from submission s
  join submission a on a.id = $2 and (a.service_code, a.file_kind) = (s.service_code, s.file_kind) and s.quarter < a.quarter
  where s.dataset = $1 and s.state = 'linked'
  order by s.quarter desc
  limit 1
), common as (
  -- a client has another pseudonym in each epoch: both are compared in the latest that both have, or not at all
  select epoch
  from (
    select r.submission_id, coalesce(r.epoch, s.epoch) as epoch
    from record r
    join submission s on s.id = r.submission_id
    where r.dataset = $1 and (r.submission_id = $2 or r.submission_id = (select id from earlier))
    union
    select u.submission_id, u.epoch
    from unnest($3::bigint[], $4::smallint[]) as u (submission_id, epoch)
    where u.submission_id = (select id from earlier)
  ) as came
  group by epoch
  having count(distinct submission_id) = 2
  order by 1 desc
  limit 1
), person as (
  select r.submission_id, r.client_pseudonym as client, r.id, r.nhs_number_pseudonym as nhs, r.name_birth_pseudonym as name_birth,
    array_remove(array[{r.telling}], null) as tells,
    hashtextextended(row(r.birth, r.gender, {r.described})::text, 0) as says
  from record r
  join submission s on s.id = r.submission_id
  join common on common.epoch = coalesce(r.epoch, s.epoch)
  where r.dataset = $1 and r.client_pseudonym is not null and exists (select from earlier)
    and (r.submission_id = $2 or r.submission_id = (select id from earlier))
  union all
  -- before what is there still of the client
  select u.submission_id, u.client, 0, u.nhs, u.name_birth, u.tells::uuid[], u.says
  from unnest($3::bigint[], $4::smallint[], $5::uuid[], $6::bigint[], $7::uuid[], $8::uuid[], $9::text[])
    as u (submission_id, epoch, client, says, nhs, name_birth, tells)
  join common on common.epoch = u.epoch
  where u.submission_id = (select id from earlier)
), newer as (
  select distinct on (client) client, says, nhs, name_birth, tells from person where submission_id = $2 order by client, id
), older as (
  select distinct on (client) client, says, nhs, name_birth, tells from person where submission_id <> $2 order by client, id
)
select (select id from earlier)::text as "otherId", (select quarter from earlier) as quarter,
  count(*) filter (where newer.says = older.says)::int as same,
  count(*) filter (where newer.says <> older.says)::int as changed,
  count(*) filter (where (newer.nhs <> older.nhs or newer.name_birth <> older.name_birth)
    and not newer.tells && older.tells)::int as others,
  count(*) filter (where older.client is null)::int as new,
  count(*) filter (where newer.client is null)::int as removed
from newer
full join older using (client)
having exists (select from earlier) and count(older.client) > 0
