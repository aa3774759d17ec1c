-- Whether one of two people made the other's account, or had a part in how its owner gets in, since a moment.
-- $1 one user, $2 the other, $3 since. One row.
-- Never null: made
select has_made_account($1, $2, $3) as made
