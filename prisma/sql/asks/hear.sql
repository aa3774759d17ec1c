-- Says that a worker is at these asks. $1 asks. Result: how many of them there still are.
update ask set heard_at = now() where id = any($1::uuid[])
