-- Whoever makes an account does not say since when it stands, either.
create function begin_standing() returns trigger
  language plpgsql
  set search_path = pg_catalog, public
as $$
begin
  new.standing_since := now();
  return new;
end
$$;
create trigger portal_user_begins_standing before insert on portal_user
  for each row execute function begin_standing();
