-- Where a ward stands on a map of tiles: column and row, 2,1. Null stands below the others.
alter table ward add column tile text check (tile ~ '^([1-9]|1[0-2]),([1-9]|1[0-2])$');
grant update (tile) on ward to countonce_app;
