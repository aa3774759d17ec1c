-- Whom a programme answers to: named by administrators among its users, and mailed the report of each quarter.
alter table portal_user add column owns_programme boolean not null default false;
