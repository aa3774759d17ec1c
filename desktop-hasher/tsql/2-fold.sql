-- Folding, before a field's own rules: characters that look or sound alike become one. Source: "From cell to folded text".
--
-- Everywhere: a text's length is datalength / 2, for its len forgets spaces at the end; text is compared under a BIN2 collation,
-- and never where a space at its end could matter; no part of a condition relies on another part's being evaluated first.

-- Runs of spaces become one, ends are trimmed, one leading ' goes, ends are trimmed.
create function count_once.tidy_spaces (@text nvarchar(max))
returns nvarchar(max)
as
begin
  declare @length bigint = datalength(@text) / 2, @i bigint = 1, @point int, @is_after_space bit = 0;
  declare @tidy nvarchar(max) = N'';
  while @i <= @length
  begin
    set @point = unicode(substring(@text, @i, 1));
    if @point = 32
      set @is_after_space = 1;
    else
    begin
      if @is_after_space = 1 and datalength(@tidy) > 0 set @tidy = @tidy + N' ';
      set @is_after_space = 0;
      set @tidy = @tidy + nchar(@point);
    end;
    set @i = @i + 1;
  end;
  if unicode(@tidy) = 39 set @tidy = substring(@tidy, 2, @length);
  if unicode(@tidy) = 32 set @tidy = substring(@tidy, 2, @length);
  return @tidy;
end;
go

-- A cell folded as a name (N'n'), an email (N'e') or any other value (N'v'); empty when nothing is left, null when a character
-- forbids it. The cell is read as bytes, two a UTF-16 unit, so that no collation has a say in what a character is.
create function count_once.fold (@cell nvarchar(max), @way nvarchar(1))
returns nvarchar(max)
as
begin
  declare @bytes varbinary(max) = convert(varbinary(max), isnull(@cell, N''));
  declare @length bigint = datalength(@bytes) / 2, @i bigint = 1, @point int;
  declare @becomes nvarchar(4), @is_letter bit, @folded nvarchar(max) = N'';
  while @i <= @length
  begin
    set @point = convert(int, substring(@bytes, @i * 2, 1)) * 256 + convert(int, substring(@bytes, @i * 2 - 1, 1));
    if not (@point <= 879 or @point between 7680 and 7935 or @point between 8192 and 8303 or @point = 65279
      or @point between 65281 and 65374) return null;
    set @becomes = null;
    select @becomes = f.becomes, @is_letter = f.is_letter from count_once.fold_point as f where f.point = @point;
    if @becomes is null
    begin
      -- A name drops what the table does not list.
      if @way <> N'n' collate Latin1_General_100_BIN2 return null;
    end;
    else
    begin
      -- An email keeps marks, and letters that only look like ASCII stay what they are.
      if @way = N'e' collate Latin1_General_100_BIN2 and (@point between 768 and 879 or (@point > 127 and @is_letter = 1))
        set @becomes = nchar(@point);
      set @folded = @folded + @becomes;
    end;
    set @i = @i + 1;
  end;
  return count_once.tidy_spaces(@folded);
end;
go

-- Whether every character of a text is one of those allowed; true of nothing.
create function count_once.holds_only (@text nvarchar(max), @allowed nvarchar(100))
returns bit
as
begin
  declare @length bigint = datalength(@text) / 2, @i bigint = 1;
  while @i <= @length
  begin
    if charindex(substring(@text, @i, 1) collate Latin1_General_100_BIN2, @allowed) = 0 return 0;
    set @i = @i + 1;
  end;
  return 1;
end;
go

-- Whether a text is digits, and at least one.
create function count_once.are_digits (@text nvarchar(max))
returns bit
as
begin
  if datalength(@text) = 0 return 0;
  return count_once.holds_only(@text, N'0123456789');
end;
go

-- A text without its first character when that is one of the signs.
create function count_once.without_sign (@text nvarchar(max), @signs nvarchar(2))
returns nvarchar(max)
as
begin
  if charindex(substring(@text, 1, 1) collate Latin1_General_100_BIN2, @signs) > 0
    return substring(@text, 2, datalength(@text) / 2);
  return @text;
end;
go

-- Components are text with one character before it: = a component, ? a component with the finding of its field, ! a reason code.
create function count_once.code_of (@component nvarchar(max))
returns nvarchar(32)
as
begin
  if unicode(@component) = 33 return substring(@component, 2, 32);
  return N'';
end;
go

create function count_once.value_of (@component nvarchar(max))
returns nvarchar(max)
as
begin
  if unicode(@component) = 33 return N'';
  return substring(@component, 2, datalength(@component) / 2);
end;
go
