-- Names people to a project whose rows it has to remove, and forgets by which reference each is in the extract; what is sealed
--   and has them is fetched no more.
-- $1 extract, $2 pseudonyms, $3 references, $4 when. No result.
with named as (
  insert into research_removal (extract_id, pseudonym, since)
  select $1, unnest($2::text[]), $4
  on conflict do nothing
), forgotten as (
  delete from research_member where extract_id = $1 and reference = any ($3::text[])
)
update research_extract set sealed = null where id = $1
