-- Folding, before a field's own rules: characters that look or sound alike become one.
-- Source: "From cell to folded text". A database's text is well-formed Unicode without U+0000, so step 1 has only U+FFFD to see.

-- What a code point gives way to, and '' is nothing; null when the table does not list it.
create function count_once.replacement_of(point int) returns text
  language plpgsql stable strict parallel safe as $$
declare
  found_row count_once.fold_row;
begin
  select f.* into found_row from count_once.fold_row as f where f.first <= point order by f.first desc limit 1;
  if point > found_row.last then return null; end if;
  if found_row.moved_to is not null then return chr(found_row.moved_to + point - found_row.first); end if;
  return found_row.becomes;
end
$$;

-- Runs of spaces become one, ends are trimmed, one leading ' goes, ends are trimmed.
create function count_once.tidy_spaces(folded text) returns text
  language plpgsql immutable strict parallel safe as $$
declare
  tidy text collate "C" := btrim(folded, ' ');
begin
  if position('  ' in tidy) > 0 then tidy := regexp_replace(tidy, ' +', ' ', 'g'); end if;
  if left(tidy, 1) = '''' then tidy := btrim(substr(tidy, 2), ' '); end if;
  return tidy;
end
$$;

-- A cell folded as a 'name', a 'value' or an 'email'; '' when nothing is left, null when a character forbids it.
create function count_once.fold(cell text, way text) returns text
  language plpgsql stable parallel safe as $$
declare
  raw text collate "C" := coalesce(cell, '');
  listed text collate "C" := '';
  folded text collate "C" := '';
  character text collate "C";
  replacement text collate "C";
begin
  -- Printable ASCII but ` needs no table.
  if raw ~ '^[ -_a-~]*$' then return count_once.tidy_spaces(upper(raw)); end if;
  if position(chr(65533) in raw) > 0 then return null; end if;
  foreach character in array string_to_array(raw, null) loop
    if count_once.replacement_of(ascii(character)) is not null then
      listed := listed || character;
    elsif way <> 'name' then
      return null;
    end if;
  end loop;
  if way <> 'email' then listed := normalize(listed, nfc); end if;
  foreach character in array coalesce(string_to_array(nullif(listed, ''), null), '{}') loop
    replacement := count_once.replacement_of(ascii(character));
    -- An email keeps marks, and letters that only look like ASCII stay what they are.
    if way = 'email' and (
      character between chr(768) and chr(879) or ascii(character) > 127 and replacement ~ '[A-Z]|[^\x01-\x7f]'
    ) then
      replacement := character;
    end if;
    folded := folded || replacement;
  end loop;
  return count_once.tidy_spaces(folded);
end
$$;
