-- Writes down of how many records that are kept no more the provider is told nothing. $1 submission, $2 how many more, or fewer.
-- No result.
update submission set stopped_untold = greatest(0, stopped_untold + $2) where id = $1
