-- Holds an extract until the transaction ends. $1 reference. Result: id.
select id from research_extract where reference = $1 for update
