-- Lets one step of a token be taken at a time, until the transaction ends.
-- $1 reference. One row, or none when there is no such token within the actor's reach.
select id from submission_token where reference = $1 for update
