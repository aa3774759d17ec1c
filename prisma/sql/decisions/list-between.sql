-- What was answered about two clients, the latest first, also what was undone. $1 dataset, $2 and $3 client pseudonyms. Grain:
--   one row per answer.
-- Result: id, kind, reason, at, by, undone_at, undone_by. Never null: id
select id::int as id, kind, reason, decided_at as at, decided_by as by, undone_at, undone_by
from decision
where dataset = $1
  and (left_client in ($2, $3) and right_client in ($2, $3) and (left_client <> right_client or $2 = $3)
    or kind = 'nhs-wrong' and left_client in ($2, $3))
order by id desc
