-- The fields. Each function takes a cell as it stands and answers a component. Source: "Fields".

-- Folded text without spaces and without the ".0" of a number saved as a fraction; null when it is 9.4E+09.
create function count_once.typed_number(folded text) returns text
  language plpgsql immutable strict parallel safe as $$
declare
  typed text collate "C" := replace(folded, ' ', '');
begin
  if position('E' in typed) > 0 and typed ~ '^[+-]?[0-9]+([.,][0-9]+)?E[+-]?[0-9]+$' then return null; end if;
  if right(typed, 2) = '.0' and typed ~ '^[+]?[0-9]+[.]0$' then return left(typed, -2); end if;
  return typed;
end
$$;

create function count_once.nhs_number(cell text, live boolean) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  folded text collate "C" := count_once.fold(cell, 'value');
  digits text collate "C";
  total int := 0;
begin
  if folded is null then return count_once.blank('nhs-character'); end if;
  if folded = '' then return count_once.blank('nhs-missing'); end if;
  digits := translate(count_once.typed_number(folded), '-.', '');
  if digits is null then return count_once.blank('nhs-exponent'); end if;
  if digits !~ '^[0-9]{10}$' then return count_once.blank('nhs-not-10-digits'); end if;
  if digits = '9876543210' or digits = repeat(left(digits, 1), 10) then return count_once.blank('nhs-placeholder'); end if;
  for i in 1..9 loop
    total := total + substr(digits, i, 1)::int * (11 - i);
  end loop;
  if (11 - total % 11) % 11 <> right(digits, 1)::int then return count_once.blank('nhs-check-digit'); end if;
  if live and left(digits, 3) = '999' then return count_once.blank('nhs-test'); end if;
  return count_once.kept(digits);
end
$$;

create function count_once.email(cell text, live boolean) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  address text collate "C" := count_once.fold(cell, 'email');
  local_part text collate "C";
  domain text collate "C";
begin
  if address is null then return count_once.blank('email-character'); end if;
  if address = '' then return count_once.blank('email-missing'); end if;
  -- A-Z alone: lower() under "C" touches nothing else.
  address := lower(address);
  if right(address, 1) = '>' and address ~ '^[^<>]*<[^<>]*>$' then
    address := btrim(split_part(rtrim(address, '>'), '<', 2), ' ');
  end if;
  if left(address, 7) = 'mailto:' then
    address := btrim(split_part(substr(address, 8), '?', 1), ' ');
  end if;
  -- Folding leaves no U+007F: what is above U+007E takes more than one byte.
  if octet_length(address) <> length(address) then return count_once.blank('email-not-ascii'); end if;
  if length(address) - length(replace(address, '@', '')) <> 1 then return count_once.blank('email-not-one-at'); end if;
  local_part := split_part(address, '@', 1);
  if local_part !~ '^[a-z0-9.!#$%&''*+/=?^_{|}~-]{1,64}$'
    or left(local_part, 1) = '.' or right(local_part, 1) = '.' or position('..' in local_part) > 0
  then
    return count_once.blank('email-local-part');
  end if;
  domain := split_part(address, '@', 2);
  if right(domain, 1) = '.' then domain := left(domain, -1); end if;
  if length(domain) > 253
    or domain !~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?[.])+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'
    or domain !~ '[.]([a-z]{2,63}|xn--[^.]*)$'
  then
    return count_once.blank('email-domain');
  end if;
  if translate(local_part, '.-_/', '') in
    ('noreply', 'donotreply', 'noemail', 'none', 'na', 'nil', 'null', 'unknown', 'test', 'nobody', 'xxx')
    or live and domain ~ '(^|[.])example[.](com|org|net)$'
  then
    return count_once.blank('email-placeholder');
  end if;
  return count_once.kept(local_part || '@' || domain);
end
$$;

create function count_once.mobile(cell text) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  folded text collate "C" := count_once.fold(cell, 'value');
  typed text collate "C";
  part text collate "C";
  digits text collate "C";
  rest text collate "C";
  plus boolean;
begin
  if folded is null then return count_once.blank('mobile-character'); end if;
  if folded = '' then return count_once.blank('mobile-missing'); end if;
  typed := count_once.typed_number(folded);
  if typed is null then return count_once.blank('mobile-exponent'); end if;
  -- The part runs from the first digit to the last; a plus may stand anywhere before it.
  part := coalesce(substring(typed from '[0-9].*[0-9]|[0-9]'), '');
  plus := position('+' in left(typed, position(part in typed) - 1)) > 0;
  if part = '' or translate(part, '0123456789().-', '') <> '' then return count_once.blank('mobile-unreadable'); end if;
  if (plus or left(part, 2) = '00') and position('(0)' in part) > 0 then
    part := overlay(part placing '' from position('(0)' in part) for 3);
  end if;
  digits := translate(part, '().-', '');
  if plus and left(digits, 1) <> '0' then
    null;
  elsif left(digits, 2) = '00' then
    digits := substr(digits, 3);
  elsif left(digits, 1) = '0' then
    digits := '44' || substr(digits, 2);
  elsif digits ~ '^7[0-9]{9}$' then
    digits := '44' || digits;
  elsif left(digits, 2) <> '44' then
    return count_once.blank('mobile-unreadable');
  end if;
  if left(digits, 2) = '44' then
    rest := substr(digits, case when substr(digits, 3, 1) = '0' then 4 else 3 end);
    if left(rest, 2) = '70' or left(rest, 2) = '76' and left(rest, 4) <> '7624' then
      return count_once.blank('mobile-landline');
    end if;
    if rest !~ '^7[0-9]{9}$' then
      return count_once.blank(
        case when left(rest, 1) in ('1', '2', '3', '8') then 'mobile-landline' else 'mobile-unreadable' end
      );
    end if;
    digits := '44' || rest;
  elsif digits !~ '^[1-9][0-9]{7,14}$' then
    return count_once.blank('mobile-unreadable');
  end if;
  if right(digits, 8) = repeat(right(digits, 1), 8) then return count_once.blank('mobile-placeholder'); end if;
  return count_once.kept('+' || digits);
end
$$;

-- The gender as it is kept: M, F, X or unknown.
create function count_once.gender(cell text) returns text
  language plpgsql stable parallel safe as $$
declare
  word text collate "C" := translate(count_once.fold(cell, 'value'), ' -.', '');
begin
  return case
    when word in ('1', 'M', 'MALE', 'BOY', 'MAN') then 'M'
    when word in ('2', 'F', 'FEMALE', 'GIRL', 'WOMAN') then 'F'
    when word in ('9', 'X', 'I', 'INDETERMINATE', 'NONBINARY', 'OTHER') then 'X'
    else 'unknown'
  end;
end
$$;

-- A gender, as it is kept, as a component: only M and F are one.
create function count_once.gender_component(gender text) returns count_once.component
  language sql immutable parallel safe
  return case when gender in ('M', 'F') then count_once.kept(gender) else count_once.blank('gender-not-m-or-f') end;

create function count_once.is_postcode(postcode text) returns boolean
  language sql immutable parallel safe
  return length(postcode) between 5 and 7 and postcode ~
    '^[A-PR-UWYZ]([0-9]{1,2}|[A-HK-Y][0-9]{1,2}|[A-HK-Y][0-9][ABEHMNPRVWXY]|[0-9][A-HJKPSTUW])[0-9][ABD-HJLNP-UW-Z]{2}$';

create function count_once.postcode(cell text) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  postcode text collate "C" := count_once.fold(cell, 'value');
  readings text[] := array[''];
  letter text;
begin
  if postcode is null then return count_once.blank('postcode-character'); end if;
  postcode := regexp_replace(postcode, '[^A-Z0-9]', '', 'g');
  if postcode = '' then return count_once.blank('postcode-missing'); end if;
  if left(postcode, 4) = 'ZZ99' or left(postcode, 2) = 'BX' or left(postcode, 3) = 'GIR' then
    return count_once.blank('postcode-placeholder');
  end if;
  if count_once.is_postcode(postcode) then return count_once.kept(postcode); end if;
  if length(postcode) not between 5 and 7 then return count_once.blank('postcode-pattern'); end if;
  -- Every spelling with some of O, 0, I and 1 exchanged; at most 2 to the 7th.
  foreach letter in array string_to_array(postcode, null) loop
    select array_agg(begun || choice) into readings
    from unnest(readings) as begun
    cross join (select letter union select translate(letter, 'O0I1', '0O1I')) as choices (choice);
  end loop;
  select array_agg(distinct r) into readings from unnest(readings) as r where count_once.is_postcode(r);
  if cardinality(readings) = 1 then return count_once.kept(readings[1]); end if;
  return count_once.blank('postcode-pattern');
end
$$;

create function count_once.client_reference(cell text) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  reference text collate "C" := replace(count_once.fold(cell, 'value'), ' ', '');
begin
  if reference is null then return count_once.blank('ref-character'); end if;
  if reference !~ '[A-Z0-9]|[^\x01-\x7f]' then return count_once.blank('ref-missing'); end if;
  return count_once.kept(reference);
end
$$;

-- The reference of the carer in a child's row; blank without a child's, or all carers would be one client.
create function count_once.carer_reference(cell text) returns text
  language sql stable parallel safe
  return case when (count_once.client_reference(cell)).code = 'ref-missing' then '' else cell || '#CARER' end;
