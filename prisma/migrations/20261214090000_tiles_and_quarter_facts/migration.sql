-- Where a ward stands on a map of tiles: column and row, 2,1. Null stands below the others.
alter table ward add column tile text check (tile ~ '^([1-9]|1[0-2]),([1-9]|1[0-2])$');
-- What a service's page says of its quarters, and nothing of who said it.
grant select (service_code, quarter) on nil_return to countonce_exact;
grant select (id, service_code, quarter, until) on extension to countonce_exact;
grant update (tile) on ward to countonce_app;
