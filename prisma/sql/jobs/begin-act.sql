-- A worker begins an act, for the first time or again. $1 act. No result.
update act set stage = 'running', begun_at = coalesce(begun_at, now()) where id = $1
