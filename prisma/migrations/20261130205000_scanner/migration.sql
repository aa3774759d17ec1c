-- How the virus scanner does, as workers wrote it down for the pages that say so: one row, by which nothing is decided.
create table scanner_watch (
  single boolean primary key default true check (single),
  -- none where none is set up.
  state text not null default 'none' check (state in ('none', 'answers', 'away')),
  since timestamptz not null default now()
);
insert into scanner_watch default values;
grant select on scanner_watch to countonce_app;
grant select, update on scanner_watch to countonce_worker;

-- Who sent a harmful file is told so.
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (
  kind in (
    'submission-linked', 'submission-rejected', 'submission-withdrawn', 'submission-waiting', 'submission-lapsed',
    'submission-unfinished', 'submission-infected'
  )
);
