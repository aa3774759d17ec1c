-- Which releases anybody may read without signing in, from when, and whether one was withdrawn.
create table release_publication (
  reference text primary key references release (reference),
  -- Of the release, as two people agreed to it.
  digest bytea not null check (octet_length(digest) = 32),
  -- The consent of two people.
  approval text not null unique references approval (reference),
  -- The end of its embargo: nobody outside reads it before.
  visible_from timestamptz not null,
  published_at timestamptz not null,
  -- Its page then says so, and has no figures.
  withdrawn_at timestamptz check (withdrawn_at >= published_at),
  withdrawn_for text check (length(withdrawn_for) between 1 and 200),
  constraint release_publication_withdrawn_for_a_reason check ((withdrawn_at is null) = (withdrawn_for is null))
);
revoke all on release_publication from public;
grant select on release_publication to countonce_reader, countonce_worker, countonce_app;
grant insert, update (withdrawn_at, withdrawn_for) on release_publication to countonce_app;
-- What the portal says of a release before somebody asks to publish it; what was hidden of it stays the record's.
grant select (release_id, in_doubt) on release_repair to countonce_app;

-- Published is a release for the public that is signed and of which the attack left nothing in doubt, whoever writes. It reads
-- what the portal's login may not.
create function demand_publishable() returns trigger
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from public.release
      join public.release_repair on release_repair.release_id = release.id
      join public.release_signature on release_signature.release_id = release.id
    where release.reference = new.reference and release.digest = new.digest and release.profile = 'public'
      and release_repair.in_doubt = 0
  ) then
    raise exception 'this release is not one to publish' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
revoke all on function demand_publishable() from public;
create trigger release_publication_publishable before insert on release_publication
  for each row execute function demand_publishable();

-- And it is what two people agreed to, from the moment that they agreed to.
create function demand_agreed_publication() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from public.approval
    where reference = new.approval and kind = 'release-publication' and outcome = 'approved' and subject = new.reference
      and particulars ->> 'digest' = encode(new.digest, 'hex')
      and (particulars ->> 'visibleFrom')::timestamptz = new.visible_from
  ) then
    raise exception 'two people have not agreed to this' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger release_publication_agreed before insert on release_publication
  for each row execute function demand_agreed_publication();

-- Withdrawn is all that it ever is afterwards, and once.
create function keep_publication() returns trigger
  language plpgsql
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  if old.withdrawn_at is not null or new.withdrawn_at is null
    or (old.reference, old.digest, old.approval, old.visible_from, old.published_at)
      is distinct from (new.reference, new.digest, new.approval, new.visible_from, new.published_at) then
    raise exception 'a publication is only withdrawn' using errcode = 'insufficient_privilege';
  end if;
  return new;
end
$$;
create trigger release_publication_kept before update on release_publication
  for each row execute function keep_publication();
create trigger release_publication_stays
  before delete or truncate on release_publication
  for each statement execute function release_refuse_change();
