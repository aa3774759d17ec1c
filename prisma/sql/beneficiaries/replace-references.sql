-- For example: {table} new_beneficiary.
-- Gives new beneficiaries other references. {table} holds them; $1 ids, $2 references in the same order. No result.
update {table} n
set reference = drawn.reference
from unnest($1::bigint[], $2::text[]) as drawn (id, reference)
where n.id = drawn.id
