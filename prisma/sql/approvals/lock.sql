-- Lets one step of a request for approval be taken at a time, until the transaction ends.
-- $1 reference. One row, or none when there is no such request within the actor's reach.
select id from approval where reference = $1 for update
