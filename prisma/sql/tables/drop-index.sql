-- Takes an index away. {index} is its name. No result.
-- For example: {index} link_production_part.
drop index {index}
