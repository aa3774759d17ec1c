-- The words of a release's quarterly report: every version there was, and which of them a second person signed off.
-- docs/decisions/quarterly-report.md.
create table report_words (
  id bigint generated always as identity primary key,
  release text not null references release (reference),
  version integer not null check (version >= 1),
  -- Plain text by section; nothing about a person.
  sections jsonb not null check (jsonb_typeof(sections) = 'object'),
  written_by text not null,
  written_at timestamptz not null,
  -- The request by which it was signed off, by whom and when; nothing of a version that is a draft.
  approval text unique references approval (reference),
  signed_by text,
  signed_at timestamptz,
  unique (release, version),
  constraint report_words_signed_whole check ((approval is null) = (signed_by is null) and (approval is null) = (signed_at is null)),
  constraint report_words_by_two check (signed_by <> written_by)
);
grant select, insert, update (approval, signed_by, signed_at) on report_words to countonce_app;
alter table report_words enable row level security;
alter table report_words force row level security;
create policy report_words_programme on report_words to countonce_app
  using (current_setting('countonce.reach', true) = 'programme')
  with check (current_setting('countonce.reach', true) = 'programme');
create policy report_words_owner on report_words to current_user using (true) with check (true);

-- What a version says, whatever the order in which it is written: what two people agree to.
create function report_digest(sections jsonb) returns text
  language sql immutable parallel safe
  return encode(sha256(convert_to(sections::text, 'UTF8')), 'hex');

-- A version is only ever signed, once, and as two people agreed to it.
create function keep_report_words() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.approval is not null
    or (old.id, old.release, old.version, old.sections, old.written_by, old.written_at)
      is distinct from (new.id, new.release, new.version, new.sections, new.written_by, new.written_at) then
    raise exception 'a version of a report is only signed' using errcode = 'insufficient_privilege';
  end if;
  if not exists (
    select from public.approval
    where reference = new.approval and kind = 'report' and outcome = 'approved' and subject = new.release
      and decided_by = new.signed_by and particulars ->> 'version' = new.version::text
      and particulars ->> 'digest' = public.report_digest(new.sections)
  ) then
    raise exception 'two people have not agreed to this' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger report_words_kept before update on report_words for each row execute function keep_report_words();
create trigger report_words_begun before insert on report_words
  for each row when (new.approval is not null) execute function release_refuse_change();
create trigger report_words_stay before delete or truncate on report_words
  for each statement execute function release_refuse_change();
