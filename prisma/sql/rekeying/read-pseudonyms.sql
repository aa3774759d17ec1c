-- For example: {first} 0, {last} 1.
-- The pseudonyms of records with ids from {first} up to, not including, {last}. {dataset} names the partition. Grain: one row
--   per record.
-- Result for copyRows: id, the pseudonyms.
select id, {pseudonyms} from record_{dataset} where id >= {first} and id < {last}
