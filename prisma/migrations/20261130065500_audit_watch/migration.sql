-- What the worker wrote down of anchors and checks of the audit trail, for the page that shows it. Nothing is decided by it:
-- whoever owns the database can change it, and `countonce audit verify` reads the anchors themselves.
create table audit_watch (
  single boolean primary key default true check (single),
  -- The last anchor, and the entry that it covers.
  anchor_number bigint,
  anchor_seq bigint,
  anchored_at timestamptz,
  protection text check (protection in ('folder', 'storage', 'immutable-storage')),
  -- The last check, and what it came to.
  checked_at timestamptz,
  report jsonb check (jsonb_typeof(report) = 'object'),
  check ((anchor_number is null) = (anchored_at is null)),
  check ((checked_at is null) = (report is null))
);
insert into audit_watch default values;
revoke all on audit_watch from public;
grant select on audit_watch to countonce_audit_reader;
