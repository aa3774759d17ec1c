-- Of a client who was taken out of a file untold, the pseudonyms that tell the person, sealed, by their columns: whether the
-- reference is another's in the next file is asked as if the client were there still.
alter table untold_client add column telling jsonb not null default '{}';
