-- Who is signed in on a connection. No parameters. One row.
-- Never null: login
select session_user::text as login
