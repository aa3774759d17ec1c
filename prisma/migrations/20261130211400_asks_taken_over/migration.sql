-- An ask whose worker is gone is another's: a worker says again and again that it is at it. One that has ended several workers is
-- left alone.
alter table ask add column heard_at timestamptz, add column takes smallint not null default 0;
