-- Names, first and last alike. Source: "Names".

-- Whether folded text stands for no name.
create function count_once.is_name_placeholder(folded text) returns boolean
  language plpgsql immutable strict parallel safe as $$
declare
  name text collate "C" := folded;
  -- Without all ASCII but A-Z and 0-9.
  bare text collate "C" := translate(name, ' !"#$%&''()*+,-./:;<=>?@[\]^_{|}~', '');
begin
  return replace(name, ' ', '') in ('N/A', 'N/A.', 'N.A', 'N.A.')
    or bare in ('ANON', 'ANONYMOUS', 'BABY', 'BABYBOY', 'BABYGIRL', 'FEMALE', 'FIRSTNAME', 'FORENAME', 'INFANT', 'LASTNAME',
      'MALE', 'NONAME', 'NONE', 'NOTGIVEN', 'NOTKNOWN', 'NOTNAMED', 'SURNAME', 'TBC', 'TEST', 'TESTER', 'UNKNOWN')
    or bare ~ '^(XX+|BABY[0-9A-C]|(BABY|INFANT|BOY|GIRL)?(TWIN|TRIPLET)([123ABC]|I|II|III|ONE|TWO|THREE)?)$'
    or position('OF' in name) > 0
      and btrim(regexp_replace(name, '[ -/:-@\[-~]+', ' ', 'g'), ' ')
        ~ '^(BABY OF |BABY BOY OF |BABY GIRL OF |INFANT OF )';
end
$$;

-- The words of a folded name, without leading titles and trailing suffixes. Full stops and commas are spaces; so are hyphens
-- where `parts_hyphens` says so. Then all ASCII but A-Z and space goes.
create function count_once.name_words(folded text, parts_hyphens boolean default false) returns text[]
  language plpgsql immutable strict parallel safe as $$
declare
  words text[] := array_remove(string_to_array(translate(
    case when parts_hyphens then replace(folded, '-', ' ') else folded end,
    '.,!"#$%&''()*+-/0123456789:;<=>?@[\]^_{|}~', '  '), ' '), '');
begin
  while cardinality(words) > 1 and words[1] in
    ('MR', 'MRS', 'MS', 'MISS', 'MX', 'MASTER', 'DR', 'PROF', 'REV', 'SIR', 'LADY', 'DAME', 'LORD')
  loop
    words := words[2:];
  end loop;
  while cardinality(words) > 1 and words[cardinality(words)] in ('JR', 'SR', 'II', 'III', 'IV') loop
    words := trim_array(words, 1);
  end loop;
  return words;
end
$$;

-- A name as a component; `field` is first or last.
create function count_once.name(cell text, field text) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  folded text collate "C" := count_once.fold(cell, 'name');
  words text[];
  name text collate "C";
begin
  if folded is null then return count_once.blank(field || '-character'); end if;
  if folded = '' then return count_once.blank(field || '-missing'); end if;
  if count_once.is_name_placeholder(folded) then return count_once.blank(field || '-placeholder'); end if;
  words := count_once.name_words(folded);
  name := array_to_string(words, '');
  if name = '' then return count_once.blank(field || '-no-letters'); end if;
  if count_once.is_name_placeholder(array_to_string(words, ' ')) then return count_once.blank(field || '-placeholder'); end if;
  if length(name) = 1 and name between 'A' and 'Z' then return count_once.blank(field || '-one-letter'); end if;
  return count_once.kept(name, case when name in ('BOY', 'GIRL', 'NA', 'NULL') then field || '-please-confirm' else '' end);
end
$$;

-- The first three code points of a first name, as a component.
create function count_once.first_three(first count_once.component) returns count_once.component
  language sql immutable parallel safe
  return row(left(first.value, 3), first.code, first.finding)::count_once.component;

-- A name under the usual spelling of it as a first name, looked up once and whole, as a component.
create function count_once.canonical(component count_once.component) returns count_once.component
  language plpgsql stable parallel safe as $$
begin
  return row(
    coalesce((select n.canonical from count_once.canonical_name as n where n.name = component.value), component.value),
    component.code, component.finding)::count_once.component;
end
$$;
