-- The pseudonyms of records under a new platform key. Grain: one row a record. Ends with the transaction. No result.
create temporary table rekeyed on commit drop as select id, {pseudonyms} from record where false
