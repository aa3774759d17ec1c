-- Components of alternates and of sounds. Source: "Alternates and sound".

-- A birth date with day and month changed over, as a component.
create function count_once.swapped(birth count_once.component) returns count_once.component
  language sql immutable parallel safe
  return case
    when birth.code <> '' then birth
    when right(birth.value, 2)::int > 12 or right(birth.value, 2) = substr(birth.value, 6, 2)
      then count_once.blank('alternate-none')
    else count_once.kept(left(birth.value, 5) || right(birth.value, 2) || '-' || substr(birth.value, 6, 2), birth.finding)
  end;

-- A last name under the usual spelling of it as a first name, as a component; none where both names are one.
create function count_once.last_canonical(
  first count_once.component, first_canonical count_once.component, last count_once.component
) returns count_once.component
  language plpgsql stable parallel safe as $$
declare
  canonical constant count_once.component := count_once.canonical(last);
begin
  if last.code = '' and first.value = last.value and first_canonical.value = canonical.value then
    return count_once.blank('alternate-none');
  end if;
  return canonical;
end
$$;

-- The parts of the last name in a cell, in order.
create function count_once.surname_parts(cell text) returns text[]
  language plpgsql stable parallel safe as $$
declare
  words constant text[] := count_once.name_words(coalesce(count_once.fold(cell, 'name'), ''), true);
  word text collate "C";
  parts text[] := '{}';
begin
  if count_once.is_name_placeholder(array_to_string(words, ' ')) then return '{}'; end if;
  foreach word in array words loop
    if word not in ('AL', 'EL', 'UL', 'UR', 'BIN', 'BINT', 'IBN', 'BEN', 'ABU', 'ABDUL', 'DE', 'DA', 'DO', 'DOS', 'DAS', 'DEL',
      'DELLA', 'DI', 'DU', 'LA', 'LE', 'VAN', 'VON', 'DER', 'DEN', 'TER', 'O', 'MC', 'MAC', 'ST', 'SAN', 'SANTA', 'AP')
      and not (length(word) = 1 and word between 'A' and 'Z')
    then
      parts := parts || word;
    end if;
  end loop;
  return parts;
end
$$;

-- A part of a last name as a component; none where there is no part, or where it is the whole name.
create function count_once.surname_part(part text, last count_once.component) returns count_once.component
  language sql immutable parallel safe
  return case
    when last.code <> '' then last
    when part is null or part = last.value then count_once.blank('alternate-none')
    else count_once.kept(part, last.finding)
  end;

-- What a name sounds like, as a component.
create function count_once.sound(name count_once.component) returns count_once.component
  language plpgsql immutable parallel safe as $$
declare
  heard text collate "C" := name.value;
  replaced text[];
begin
  if name.code <> '' then return name; end if;
  foreach replaced slice 1 in array array[
    ['PH', 'F'], ['GH', 'G'], ['KH', 'K'], ['TH', 'T'], ['SH', 'S'], ['DH', 'D'], ['CK', 'K'],
    ['Q', 'K'], ['C', 'K'], ['X', 'H'], ['Y', 'I'], ['J', 'I'], ['W', 'V'], ['Z', 'S']]
  loop
    heard := replace(heard, replaced[1], replaced[2]);
  end loop;
  -- After the first, A E I O U H go; then runs of one become one.
  heard := left(heard, 1) || translate(substr(heard, 2), 'AEIOUH', '');
  return count_once.kept(regexp_replace(heard, '(.)\1+', '\1', 'g'), name.finding);
end
$$;

-- The sound of one name of a person, or the code for both where together they say too little.
create function count_once.sound_of_two(sound count_once.component, other count_once.component) returns count_once.component
  language sql immutable parallel safe
  return case
    when sound.code = '' and other.code = '' and length(sound.value) + length(other.value) < 4
    then count_once.blank('sound-short') else sound
  end;
