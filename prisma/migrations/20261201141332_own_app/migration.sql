-- The sealed seed offered in a session to somebody who adds an authenticator app to another second factor.
alter table portal_session add column offered_seed bytea;
