-- The published vectors, and the procedure that runs them. Source: "Vectors and speed".

-- vectors-v2.json as it is published: what stands beside the vectors in one row, and each vector.
create table count_once.published (beside jsonb not null);
create table count_once.vector (id text primary key, vector jsonb not null);

-- A platform pseudonym's link: the first 16 bytes under a platform key. Here for the vectors alone; no trust holds such a key.
create function count_once.link(key bytea, kind text, previous bytea) returns bytea
  language sql immutable strict parallel safe
  return substr(count_once.hmac_sha256(key, count_once.netstring(convert_to(kind, 'UTF8')) || previous), 1, 16);

-- One vector: whether all that is published of it comes out here.
create function count_once.passes(vector jsonb, beside jsonb) returns boolean
  language plpgsql stable as $$
declare
  input constant jsonb := vector -> 'input';
  key constant bytea := decode(beside ->> 'source_key', 'hex');
  k1 constant bytea := decode(beside ->> 'k1', 'hex');
  k2 constant bytea := decode(beside ->> 'k2', 'hex');
  columns constant text[] := array[
    '{column}'{,}
  ];
  kind constant text := vector ->> 'kind';
  person count_once.person;
  source bytea;
  p1 bytea;
  expected constant text[] := array(select jsonb_array_elements_text(vector -> 'findings'));
begin
  person := count_once.person(
    key, beside ->> 'provider', beside ->> 'service', count_once.reference_day(vector ->> 'quarter'),
    (vector ->> 'live')::boolean, vector ->> 'role',
    input ->> 'client_ref', input ->> 'first_name', input ->> 'last_name', input ->> 'date_of_birth', input ->> 'gender',
    input ->> 'nhs_number', input ->> 'email', input ->> 'mobile', input ->> 'carer_email', input ->> 'carer_mobile',
    input ->> 'postcode');
  if vector ? 'field' then
    return vector ->> 'value' = to_jsonb(person) ->> (vector ->> 'field');
  end if;
  -- A vector gives the cells of its column alone, so that every finding of the person is its.
  if not (expected <@ person.findings and person.findings <@ expected) then return false; end if;
  source := decode(substr(to_jsonb(person) ->> (vector ->> 'column'), 3), 'hex');
  if vector ? 'code' then
    return source is null and person.codes[array_position(columns, vector ->> 'column')] = vector ->> 'code';
  end if;
  p1 := count_once.link(k1, kind, source);
  return person.codes[array_position(columns, vector ->> 'column')] = ''
    -- The message is not kept anywhere: it is made again of the published components.
    and count_once.message(array[kind] || array(select jsonb_array_elements_text(vector -> 'components'))) =
      decode(vector ->> 'message', 'hex')
    and count_once.hmac_sha256(key, decode(vector ->> 'message', 'hex')) = source
    and encode(source, 'hex') = vector ->> 'source'
    and encode(p1, 'hex') = vector ->> 'p1'
    and encode(count_once.link(k2, kind, p1), 'hex') = vector ->> 'p2';
exception when others then
  -- What cannot even be run does not pass.
  return false;
end
$$;

-- The ids of all that does not come out as published: vectors, and what stands beside them.
create function count_once.self_test_failures() returns setof text
  language sql stable
begin atomic
  select v.id from count_once.published as p, count_once.vector as v
  where count_once.passes(v.vector, p.beside) is not true
  union all
  select 'key_check ' || k.name from count_once.published as p, (values ('source_key'), ('k1'), ('k2')) as k (name)
  where count_once.key_check_value(decode(p.beside ->> k.name, 'hex')) is distinct from p.beside ->> (k.name || '_check')
  union all
  select 'manifest_hmac' from count_once.published as p
  where p.beside #>> '{manifest_hmac,hmac}' is distinct from encode(count_once.hmac_sha256(
    decode(p.beside ->> 'source_key', 'hex'),
    count_once.message(array['manifest', p.beside #>> '{manifest_hmac,bytes}'])), 'hex')
  union all
  select 'keys_refused ' || k.place
  from count_once.published as p,
    jsonb_array_elements_text(p.beside -> 'keys_refused') with ordinality as k (key, place)
  where count_once.refuse_key(decode(k.key, 'hex')) is null
  union all
  select 'date_columns ' || d.place
  from count_once.published as p,
    jsonb_array_elements(p.beside -> 'date_columns') with ordinality as d (dates, place)
  where count_once.is_month_first(array(select jsonb_array_elements_text(d.dates -> 'values')))
    is distinct from (d.dates ->> 'order' = 'month-first');
end;

-- Runs every published vector, and raises when one of them comes out differently, or when there are none.
create procedure count_once.self_test()
  language plpgsql as $$
declare
  run constant int := (select count(*) from count_once.vector);
  failures constant text[] := array(select count_once.self_test_failures());
begin
  if run <> 480 or (select count(*) from count_once.published) <> 1 then
    raise exception 'self-test failed: % vectors, not 480', run using errcode = 'data_exception';
  end if;
  if cardinality(failures) > 0 then
    raise exception 'self-test failed: %', array_to_string(failures, ', ') using errcode = 'data_exception';
  end if;
  raise notice 'self-test: % vectors passed, 0 failed', run;
end
$$;
