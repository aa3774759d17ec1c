-- Claims an officer who looked for many people and of whom nobody was told, so that others are told once. $1 now.
-- Grain: one row, or none. Result: id, by (a user), searcher (a name).
with untold as (
  select id from rights_search
   where is_alarm and told_at is null
   order by id
   limit 1
   for update skip locked
), claimed as (
  update rights_search set told_at = $1::timestamptz from untold where rights_search.id = untold.id
  returning rights_search.id, searched_by
)
select claimed.id, searched_by as by, portal_user.name as searcher
from claimed join portal_user on portal_user.id = searched_by
