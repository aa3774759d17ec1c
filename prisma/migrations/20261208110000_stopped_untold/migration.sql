-- Of the records of a file that were taken out since their people asked for that, those of people who are not the service's own:
-- its provider is not told of these, or it would learn of a neighbour's child that somebody else knows it.
alter table submission add column stopped_untold integer not null default 0 check (stopped_untold >= 0);
-- The same of one that is set apart, for when it is given back.
alter table restricted_record add column untold boolean not null default false;
