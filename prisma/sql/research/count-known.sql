-- How many of some references are people's who are known here, by their own or an earlier one. $1 references.
-- Grain: one row. Result: known.
-- Never null: known
select count(*)::int as known
from unnest($1::text[]) as given (reference)
where exists (select from beneficiary b where b.dataset = 'production' and b.reference = given.reference)
  or exists (select from beneficiary_alias a where a.dataset = 'production' and a.reference = given.reference)
