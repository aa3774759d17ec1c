-- The codes by which the Office for National Statistics names a ward; several when its boundaries were drawn anew.
alter table ward add column gss_codes text[] not null default '{}';
