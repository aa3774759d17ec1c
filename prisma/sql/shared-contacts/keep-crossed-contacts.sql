-- Brings shared_contact up to what crossed_contact found. $1 dataset. No result.
with unshared as (
  delete from shared_contact s
  using crossed_contact c
  where s.dataset = $1 and s.value = c.value and not c.shared
)
insert into shared_contact (dataset, value)
select $1, value from crossed_contact where shared
