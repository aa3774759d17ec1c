-- Whether one person is behind the accounts of two since a moment: one of the two, who made the other's, or somebody else.
-- $1 one user, $2 the other, $3 since. One row.
-- Never null: made
select has_made_account($1, $2, $3) as made
