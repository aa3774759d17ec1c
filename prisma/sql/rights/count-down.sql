-- Writes down that records of a submission are kept no more. $1 submission, $2 how many. No result.
update submission set records = greatest(0, records - $2), stopped = stopped + $2 where id = $1
