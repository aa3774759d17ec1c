-- Headings, sheets and words of a provider's file lie in the rows of its submission sealed with the file's own key, and end with
-- it; what is remembered of them between quarters is keyed digests: docs/decisions/remembered-words.md. What was kept in the clear
-- goes; whoever is on the way with a file matches it again.
alter table submission drop column mapping, add column words bytea;
update submission set receipt = jsonb_build_object('format', receipt -> 'format', 'date1904', receipt -> 'date1904',
  'headerRow', receipt -> 'headerRow')
where receipt is not null;
alter table journey drop column header, drop column reading, drop column mapping, add column words bytea, add column remembered jsonb;
update journey set refusal = jsonb_build_object('code', refusal -> 'code', 'detail', '{}'::jsonb) where refusal is not null;
delete from service_mapping;
