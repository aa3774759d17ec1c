-- Doubts in the order in which they are listed, a page at a time.
create index doubt_listed on doubt (dataset, kind, code, part_id);
