-- Lets one change of a user be made at a time, until the transaction ends.
-- $1 user. One row with their address, or none.
select email from portal_user where id = $1 for update
