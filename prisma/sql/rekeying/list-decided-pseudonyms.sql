-- For example: {column} left_client.
-- The pseudonyms of one kind that decisions were taken between. {column} is the column of theirs; $1 dataset. Grain: one row
--   per decision that
-- has one. Result: id, value.
-- Never null: value
select id, {column} as value from decision where dataset = $1 and {column} is not null
