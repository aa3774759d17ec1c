-- Whether the recent evidence is more than a share of the settled, by what their last analysis counted: each is analysed when
--   it is filled.
-- {dataset} names the partitions; $1 share. Result: one row, grown.
-- Never null: grown
select recent.reltuples > $1::float8 * greatest(settled.reltuples, 0) as grown
from pg_class recent, pg_class settled
where recent.oid = 'recent_evidence_{dataset}'::regclass and settled.oid = 'evidence_{dataset}'::regclass
