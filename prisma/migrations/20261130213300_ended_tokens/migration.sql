-- What a token is told by is forgotten a month after it ended; that there was one, and what it sent, stays.
alter table submission_token alter column digest drop not null;
grant update (digest) on submission_token to countonce_worker;
