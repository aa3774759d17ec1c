-- Holds a request until the transaction ends. $1 reference. No result.
select from rights_request where reference = $1 for update
