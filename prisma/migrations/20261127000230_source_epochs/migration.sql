-- Source keys after the first, with the quarter that bridges each to the one before: files of that quarter are pseudonymised
-- under both. Check values alone.
create table source_epoch (
  epoch smallint primary key check (epoch > 1),
  key_check text not null,
  bridge_quarter text not null check (bridge_quarter ~ '^[0-9]{4}-Q[1-4]$'),
  begun_at timestamptz not null default now(),
  begun_by text not null
);
grant select on source_epoch to countonce_app;
