-- Ends what providers are asked and have not answered, since its answer was undone or its file is gone. $1 decision or null, $2
--   submission or
-- null. No result.
update provider_question
set state = 'withdrawn'
where state = 'open' and (decision_id = $1::bigint or submission_id = $2::bigint)
