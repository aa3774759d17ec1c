-- A worker that is asked in the name of a session reads whether it still holds, as pages do.
grant select (by_group, seen_in_group_at) on portal_user to countonce_worker;
