-- Which fields of a record a rule for filling gaps gave: bit n is the nth of the standard's fields; null is none.
alter table record add column filled int check (filled > 0);
