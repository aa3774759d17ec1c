-- Notes who is in an extract. $1 extract, $2 references. No result.
insert into research_member (extract_id, reference)
select $1, unnest($2::text[])
