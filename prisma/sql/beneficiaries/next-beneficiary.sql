-- The id that the next beneficiary of a dataset gets. {dataset} names the partition. Result: one row, next.
-- Never null: next
select coalesce(max(id), 0) + 1 as next from beneficiary_{dataset}
