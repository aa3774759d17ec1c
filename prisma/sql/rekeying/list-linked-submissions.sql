-- The submissions in the figures. $1 dataset. Grain: one row per submission. Result: id.
select id from submission where dataset = $1 and state = 'linked'
