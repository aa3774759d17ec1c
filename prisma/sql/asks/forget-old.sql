-- Forgets asks that nobody waits for any more: who asked is gone. No parameters. Result: how many.
delete from ask where asked_at < now() - interval '1 hour'
