-- What a reviewer answers beside "same" and "different": later, and that the provider be asked. Such an answer is kept as a
-- decision is, between client pseudonyms, with its reason, and can be undone; linkage does not hear it.
alter table decision drop constraint decision_kind_check;
alter table decision add constraint decision_kind_check
  check (kind in ('same', 'different', 'nhs-wrong', 'later', 'ask'));
-- The code of the doubt that was settled or put off; null where the rows were in none.
alter table decision add column about text;

-- What settling a doubt does to the figures, written down when links change: by how many people the programme's figure falls if its
-- sides are one person, and in how many figures of a quarter they are counted apart. Null until it is written down.
alter table doubt
  add column id bigint generated always as identity primary key,
  add column people integer,
  add column quarters integer,
  -- The last answer that settles nothing, when it was given, and the decision that it is kept as.
  add column put_off text check (put_off in ('later', 'ask')),
  add column put_off_at timestamptz,
  add column put_off_by bigint;

-- What a provider is asked about one row of its own file. It names nobody else's: of a conflict between two services each is asked
-- apart, and the decision that it came from is not the provider's to see. The provider sees it from the next quarter on, with all others.
create table provider_question (
  id bigint generated always as identity primary key,
  reference text not null unique,
  decision_id bigint not null references decision,
  service_code text not null references service,
  submission_id bigint not null references submission,
  source_row integer not null,
  role text not null check (role in ('child', 'parent', 'adult')),
  -- Where both rows are in one file: the other.
  other_row integer,
  -- A code of lib/core/messages/question-words.ts.
  asks text not null check (asks ~ '^[a-z]+(-[a-z]+)*$'),
  shown_from date not null,
  state text not null default 'open' check (state in ('open', 'answered', 'withdrawn')),
  -- A code of the provider's answer, whose it is and when.
  answer text,
  answered_by text,
  answered_at timestamptz,
  constraint provider_question_answered check ((state = 'answered') = (answer is not null and answered_at is not null))
);
-- What waits for a service, and what ends with a submission.
create index provider_question_service on provider_question (service_code, state);
create index provider_question_submission on provider_question (submission_id);
-- What goes with the answer that is undone.
create index provider_question_decision on provider_question (decision_id);
-- Not whose question it was.
grant select (
    id, reference, service_code, submission_id, source_row, role, other_row, asks, shown_from, state, answer, answered_at
  ) on provider_question to countonce_app;
grant select, insert, update on provider_question to countonce_worker;
grant select on provider_question to countonce_exact;

alter table provider_question enable row level security;
alter table provider_question force row level security;
create policy provider_question_actor on provider_question to countonce_app
  using (actor_reaches(service_code)
    and (current_setting('countonce.reach', true) = 'programme' or shown_from <= current_date));
create policy provider_question_worker on provider_question to countonce_worker using (true) with check (true);
create policy provider_question_exact on provider_question for select to countonce_exact using (true);
