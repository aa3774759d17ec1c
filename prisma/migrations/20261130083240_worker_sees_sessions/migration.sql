-- Who asks a worker to show cells is told by their session and not by the portal: the worker looks it up by the digest of its ticket.
grant select (digest, user_id), update (seen_at) on portal_session to countonce_worker;
