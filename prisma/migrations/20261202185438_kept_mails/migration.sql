-- Mails about accounts that no mail server took, sealed under the portal's key since they may hold a link; gone once they are sent or of
-- no use any more.
create table kept_mail (
  id bigint generated always as identity primary key,
  sealed bytea not null,
  made_at timestamptz not null,
  good_until timestamptz not null,
  -- Set before it is sent: nobody else sends it meanwhile.
  claimed_at timestamptz,
  tries integer not null default 0
);
grant select, insert, update, delete on kept_mail to countonce_app;
