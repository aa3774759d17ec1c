-- Ids for some records that follow one another without a gap. $1 number of records. Result: one row, the first of them.
-- Never null: first
select reserve_record_ids($1::bigint) as first
