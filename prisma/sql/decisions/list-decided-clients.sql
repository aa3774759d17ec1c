-- The clients that standing decisions bring into one part. $1 dataset. Grain: one row per decision. Result: left_client,
--   right_client.
-- Never null: right_client
select left_client, right_client
from decision
where dataset = $1 and undone_at is null and kind in ('same', 'different')
