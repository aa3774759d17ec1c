-- The last answer that was given about two clients, whether it stands or was undone. $1 dataset, $2 and $3 client pseudonyms.
-- Grain: one row. Result: decision, 0 where there is none. Never null: decision.
select coalesce(max(id), 0)::int as decision
from decision
where dataset = $1
  and (left_client in ($2, $3) and right_client in ($2, $3) and left_client <> right_client
    or kind = 'nhs-wrong' and left_client in ($2, $3))
