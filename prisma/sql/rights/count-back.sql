-- Writes down that records of a submission are kept again. $1 submission, $2 how many. No result.
update submission set records = coalesce(records, 0) + $2, stopped = greatest(0, stopped - $2) where id = $1
