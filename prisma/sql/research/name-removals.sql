-- Names people to a project whose rows it has to remove; what is sealed and has them is fetched no more.
-- $1 extract, $2 pseudonyms, $3 when. No result.
with named as (
  insert into research_removal (extract_id, pseudonym, since)
  select $1, unnest($2::text[]), $3
  on conflict do nothing
)
update research_extract set sealed = null where id = $1
