-- The organisations that sent somebody who was erased, until their held files that nobody has submitted are erased behind that.
alter table rights_request add column drafts_of text[] not null default '{}';
