-- Files that were hashed at source: they come with a manifest, and in a bridge quarter with a second file made under an older key.

alter table submission
  add column form text not null default 'clear' check (form in ('clear', 'hashed')),
  -- What the manifests say, without the digests of the files: of a short file they would tell what is in it.
  add column manifest jsonb,
  add column bridge_manifest jsonb,
  -- The encrypted second file, while it is held, and the epoch of the key it was made under.
  add column bridge_file_id text,
  add column bridge_epoch smallint,
  add constraint hashed_has_manifest check ((form = 'hashed') = (manifest is not null)),
  add constraint bridge_has_epoch check (bridge_manifest is null or bridge_epoch < epoch);

-- A record made under another key than its submission says: one row of a bridge quarter gives a record under each. Null
-- for all others.
alter table record add column epoch smallint;
