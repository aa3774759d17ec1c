-- A provider sees a question from its day on as London has it, which is the day by which mails tell of it.
alter policy provider_question_actor on provider_question
  using (actor_reaches(service_code)
    and (current_setting('countonce.reach', true) = 'programme'
      or shown_from <= (now() at time zone 'Europe/London')::date));
