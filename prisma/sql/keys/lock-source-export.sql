-- Lets one step of a request be taken at a time, until the transaction ends.
-- $1 reference. One row, or none when there is no such request.
select id from source_export where reference = $1 for update
