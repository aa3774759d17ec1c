-- Claims the oldest kept mail that is still of use, so that nobody else sends it; one that failed is claimed again after ten
-- minutes, later each time and after an hour at most. $1 now.
-- Grain: one row, or none. Result: id, sealed.
with kept as (
  select id from kept_mail
  where good_until > $1
    and (claimed_at is null
      or claimed_at < $1::timestamptz - least(interval '10 minutes' * tries, interval '1 hour'))
  order by made_at, id
  limit 1
  for update skip locked
)
update kept_mail set claimed_at = $1, tries = tries + 1 from kept where kept_mail.id = kept.id
returning kept_mail.id, kept_mail.sealed
