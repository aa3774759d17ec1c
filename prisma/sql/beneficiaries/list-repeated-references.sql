-- For example: {table} beneficiary_production.
-- Never null: id
-- New references that were drawn more than once. {table} holds the new beneficiaries. Result: id of each to draw again.
select id from {table} where reference in (
  select reference from {table} group by reference having count(*) > 1
)
