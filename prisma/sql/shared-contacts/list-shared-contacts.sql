-- The contacts of a dataset that are no evidence. $1 dataset. Grain: one row per contact. Result: value.
select value from shared_contact where dataset = $1
