-- When it was said how the rows of a file are kept, or nothing had to be asked about it: a step of its own between reading and
-- matching. What was read before there was such a step needs no answer.
alter table journey add column shaped_at timestamptz;
update journey set shaped_at = read_at;
