-- Keys, framing and pseudonyms. Source: "Framing and keys" and "Kinds".

create function count_once.netstring(content bytea) returns bytea
  language sql immutable strict parallel safe
  return convert_to(octet_length(content) || ':', 'UTF8') || content || '\x2c'::bytea;

-- A message: each part framed, text as UTF-8.
create function count_once.message(parts text[]) returns bytea
  language plpgsql immutable parallel safe as $$
declare
  message bytea := '9:countonce,1:1,'::bytea;
  part text;
begin
  foreach part in array parts loop
    message := message || count_once.netstring(convert_to(part, 'UTF8'));
  end loop;
  return message;
end
$$;

-- The check value that names a key; nothing else about a key is ever shown.
create function count_once.key_check_value(key bytea) returns text
  language sql immutable strict parallel safe
  return encode(substr(count_once.hmac_sha256(key, count_once.message(array['key-check'])), 1, 8), 'hex');

-- Why a key is refused, or null.
create function count_once.refuse_key(key bytea) returns text
  language plpgsql immutable parallel safe as $$
declare
  is_printable boolean := true;
  is_sequence boolean := true;
  step int;
begin
  if key is null or octet_length(key) <> 32 then return 'key-length'; end if;
  step := (get_byte(key, 1) - get_byte(key, 0) + 256) % 256;
  for i in 0..31 loop
    if get_byte(key, i) not between 32 and 126 then is_printable := false; end if;
    if i > 0 and (get_byte(key, i) - get_byte(key, i - 1) + 256) % 256 <> step then is_sequence := false; end if;
  end loop;
  if is_printable then return 'key-printable'; end if;
  if is_sequence then return 'key-sequence'; end if;
  if substr(key, 1, 16) = substr(key, 17, 16) then return 'key-repeated'; end if;
  if key = sha256(''::bytea) then return 'key-of-nothing'; end if;
  return null;
end
$$;

-- The code of the first component that has one; '' when none has.
create function count_once.blank_code(components count_once.component[]) returns text
  language plpgsql immutable parallel safe as $$
declare
  component count_once.component;
begin
  foreach component in array components loop
    if component.code <> '' then return component.code; end if;
  end loop;
  return '';
end
$$;

-- The source pseudonym of a kind over its components, in their order; null when one of them is blank.
create function count_once.pseudonym(key bytea, kind text, components count_once.component[]) returns bytea
  language plpgsql immutable parallel safe as $$
declare
  parts text[] := array[kind];
  component count_once.component;
begin
  foreach component in array components loop
    if component.code <> '' then return null; end if;
    parts := parts || component.value;
  end loop;
  return count_once.hmac_sha256(key, count_once.message(parts));
end
$$;

-- What is kept of a person, and the pseudonyms with the code of each that is blank.
create type count_once.person as (
  role text, birth text, gender text, postcode count_once.component,
  {column} bytea,
  codes text[], findings text[]
);

-- One person of one row. Cells are text as they stand, or null; dates and numbers become text by PostgreSQL's own casts.
create function count_once.person(
  key bytea, provider text, service text, reference_day date, live boolean, given_role text,
  client_ref text, first_name text, last_name text, date_of_birth text, gender text, nhs_number text,
  email text, mobile text, carer_email text, carer_mobile text, postcode text
) returns count_once.person
  language plpgsql stable parallel safe as $$
declare
  nhs constant count_once.component := count_once.nhs_number(nhs_number, live);
  own_email constant count_once.component := count_once.email(email, live);
  own_mobile constant count_once.component := count_once.mobile(mobile);
  of_carer_email constant count_once.component := count_once.email(carer_email, live);
  of_carer_mobile constant count_once.component := count_once.mobile(carer_mobile);
  birth constant count_once.component := count_once.birth_date(date_of_birth, reference_day, given_role);
  first constant count_once.component := count_once.name(first_name, 'first');
  first3 constant count_once.component := count_once.first_three(first);
  canonical constant count_once.component := count_once.canonical(first);
  last constant count_once.component := count_once.name(last_name, 'last');
  swapped constant count_once.component := count_once.swapped(birth);
  last_canonical constant count_once.component := count_once.last_canonical(first, canonical, last);
  parts constant text[] := count_once.surname_parts(last_name);
  first_part constant count_once.component := count_once.surname_part(parts[1], last);
  last_part constant count_once.component :=
    count_once.surname_part(nullif(parts[cardinality(parts)], parts[1]), last);
  first_sound constant count_once.component := count_once.sound(canonical);
  last_sound constant count_once.component := count_once.sound(last);
  first_heard constant count_once.component := count_once.sound_of_two(first_sound, last_sound);
  last_heard constant count_once.component := count_once.sound_of_two(last_sound, first_sound);
  place constant count_once.component := count_once.postcode(postcode);
  reference constant count_once.component := count_once.client_reference(client_ref);
  kept_gender constant text := count_once.gender(gender);
  sex constant count_once.component := count_once.gender_component(kept_gender);
  is_child constant boolean := count_once.is_under_16(birth.value, reference_day);
  result count_once.person;
begin
  result.role := case
    when given_role in ('child', 'parent', 'adult') then given_role
    when is_child then 'child'
    else 'adult'
  end;
  result.birth := left(birth.value, case when is_child then 7 else 4 end);
  result.gender := kept_gender;
  result.postcode := place;
  result.{column} := case{+}
    when not {child only} or result.role = 'child'{+}
      then count_once.pseudonym(key, '{kind}', array[{components}]){+}
  end;
  result.codes := array[
    case -- of {column}{+}
      when not {child only} or result.role = 'child' then count_once.blank_code(array[{blank if}]){+}
      else 'not-for-role'{+}
    end{,}
  ];
  result.findings := array_remove(array[birth.finding, first.finding, last.finding], '');
  return result;
end
$$;
