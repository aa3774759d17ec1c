-- What an act came to. $1 act, $2 stage, $3 code or null, $4 result or null. No result.
update act set stage = $2, code = $3, result = $4, ended_at = now() where id = $1
