-- What a worker may do, signed in as itself: it reads and writes what is taken in, linked, counted and released, and owns none of
-- it. It reads no secret of an account and no session, and changes nothing of the register. The audit log it reads to anchor and
-- check it, and adds to through its one door.

grant usage on schema public to countonce_worker;
grant select on
  programme, ward, strand, provider, service, agreement, postcode_area, source_epoch, confirmation, submission_token
  to countonce_worker;
grant select, insert, update, delete on
  submission, finding_count, finding_row_list, submission_job, remembered_replacement, service_mapping, journey, comparison,
  outbox, nil_return, sent_by_token,
  record, record_production, record_staging, link, link_production, link_staging,
  evidence, evidence_production, evidence_staging, recent_evidence, recent_evidence_production, recent_evidence_staging,
  beneficiary, beneficiary_production, beneficiary_staging, beneficiary_alias, shared_contact, doubt, decision,
  reach_marking, reach_mark
  to countonce_worker;
-- Filled anew, these are emptied first.
grant truncate on
  link_production, link_staging, beneficiary_production, beneficiary_staging,
  evidence_production, evidence_staging, recent_evidence_production, recent_evidence_staging
  to countonce_worker;
grant select, update on linkage_state, act, approval to countonce_worker;
grant select, insert on release, release_cell to countonce_worker;
grant select, update, delete on ask to countonce_worker;
grant usage, select, update on sequence record_id to countonce_worker;
-- What is over is removed, by its time; whose it was is not read.
grant delete, select (started_at, seen_at) on portal_session to countonce_worker;
grant delete, select (expires_at) on sign_in_step, password_link to countonce_worker;
grant delete, select (at) on sign_in_attempt, upload_attempt to countonce_worker;
grant delete, select (hour) on token_refusal to countonce_worker;
-- Who asked, what they may do now, and whom a mail is owed.
grant select (id, name, role, provider_code, may_see_exact, disabled_at, standing_since) on portal_user to countonce_worker;
grant execute on function append_audit(text, text, text, jsonb) to countonce_worker;
grant select on audit_event, audit_head to countonce_worker;
grant select, update on audit_watch to countonce_worker;

-- Indexes that a bulk load does without, from when they are taken away to when they are built again: within one transaction.
create table index_aside (
  name text primary key,
  table_name text not null,
  definition text not null
);

-- A partition that is loaded in bulk, by its name; nothing else has its indexes taken away.
create function bulk_table(of_table text) returns regclass
  language plpgsql stable
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  found regclass;
begin
  select inhrelid::regclass into found from pg_inherits
   where inhrelid = to_regclass('public.' || quote_ident(of_table))
     and inhparent in ('public.link'::regclass, 'public.evidence'::regclass, 'public.beneficiary'::regclass);
  if found is null then
    raise exception 'no table is loaded in bulk by this name' using errcode = 'insufficient_privilege';
  end if;
  return found;
end
$$;

-- Primary keys stay, and so do the indexes that belong to one of the parent.
create function set_indexes_aside(of_table text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  kept record;
begin
  for kept in
    select c.relname as name, pg_get_indexdef(i.indexrelid) as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = bulk_table(of_table) and not i.indisprimary
       and not exists (select from pg_inherits where inhrelid = i.indexrelid)
     order by c.relname
  loop
    insert into index_aside (name, table_name, definition) values (kept.name, of_table, kept.definition);
    execute format('drop index public.%I', kept.name);
  end loop;
end
$$;

-- What is built was written down when it was taken away: whoever calls this says a table and no statement.
create function build_indexes_aside(of_table text) returns void
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
declare
  kept record;
begin
  for kept in delete from index_aside where table_name = of_table returning definition loop
    execute kept.definition;
  end loop;
end
$$;

-- Only its owner may analyse a table, before PostgreSQL 17.
create function analyze_kept(of_table text, of_columns text[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  execute format(
    'analyze public.%I%s', of_table,
    (select coalesce('(' || string_agg(quote_ident(name), ', ') || ')', '') from unnest(of_columns) as name));
end
$$;

-- PostgreSQL's own maintenance looks at partitions alone.
create function analyze_parents() returns void
  language plpgsql security definer
  set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- Since PostgreSQL 18 the partitions, which are analysed when they are filled, can be left out.
  if current_setting('server_version_num')::int >= 180000 then
    execute 'analyze only record, only link, only beneficiary, only evidence, only recent_evidence';
  else
    analyze record, link, beneficiary, evidence, recent_evidence;
  end if;
end
$$;

revoke all on function
  bulk_table(text), set_indexes_aside(text), build_indexes_aside(text), analyze_kept(text, text[]), analyze_parents()
  from public;
grant execute on function
  set_indexes_aside(text), build_indexes_aside(text), analyze_kept(text, text[]), analyze_parents()
  to countonce_worker;
