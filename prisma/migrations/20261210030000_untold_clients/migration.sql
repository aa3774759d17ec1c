-- Clients of a file of whom its provider is not told that they were taken out of it: their pseudonym, sealed under the key of the
-- stop-list, and digests of what their records said, so that the service's next file is compared as if they were there still. Who sends
-- a neighbour's child in two quarters would else learn from a child that is new twice that somebody else knows it.
create table untold_client (
  -- As of a record: to refer to the submission would lock it, whose steps are taken beside the transaction that loads it.
  submission_id bigint not null,
  epoch smallint not null,
  sealed uuid not null,
  -- How many platform keys made the pseudonym.
  platform_keys smallint not null check (platform_keys >= 1),
  -- Digests of what tells a person, and of all that the rows say.
  says bigint not null,
  whole bigint not null,
  primary key (submission_id, epoch, sealed)
);

-- Of a worker alone.
grant select, insert, delete on untold_client to countonce_worker;
alter table untold_client enable row level security;
alter table untold_client force row level security;
create policy untold_client_worker on untold_client to countonce_worker using (true) with check (true);
