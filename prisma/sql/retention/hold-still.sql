-- What stops a kind of the schedule: a hold of it or of all, or a person's open request. $1 the kind, $2 whether requests stop
--   it. Grain and result: one row, held and asked.
-- Never null: held, asked
select exists (select from retention_hold where lifted_at is null and kind in ($1, 'all')) as held,
  $2::boolean and exists (select from rights_request where state = 'open') as asked
