-- What an agreement says beside its days, so that what it does not cover is not processed, and who answers for it can be told.
alter table agreement
  add column controller text not null default '' check (length(controller) <= 200),
  add column reference text not null default '' check (length(reference) <= 200),
  -- Of the impact assessment.
  add column assessment text not null default '' check (length(assessment) <= 200),
  add column lawful_basis text references list_value,
  add column gateway text references list_value,
  add column privacy_notice text not null default '' check (length(privacy_notice) <= 300),
  -- Values of the register's list of purposes; none is every purpose.
  add column purposes text[] not null default '{}',
  -- Fields of the standard; none is every field.
  add column fields text[] not null default '{}',
  -- SHA-256 of the signed document, which is not kept here.
  add column document_digest bytea check (octet_length(document_digest) = 32),
  -- Ended before its last day: from the day after, nothing is processed.
  add column ended_on date,
  -- How many days ahead those who look after it were last told that it ends.
  add column warned_days smallint;
grant update (ended_on, warned_days) on agreement to countonce_app;

-- The last day of an agreement; null while there is none.
create function agreement_last_day(valid_to date, ended_on date) returns date
  language sql immutable parallel safe
  return least(valid_to, ended_on);
