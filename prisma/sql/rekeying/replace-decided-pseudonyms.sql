-- For example: {column} left_client.
-- Puts the pseudonyms of decisions under a new key in the place of the old. {column} is the column of theirs; $1 ids of
--   decisions, $2
-- pseudonyms in the same order. No result.
update decision d
set {column} = n.value
from unnest($1::bigint[], $2::uuid[]) as n (id, value)
where d.id = n.id
