-- Names, first and last alike. Source: "Names".

-- Whether folded text stands for no name.
create function count_once.is_name_placeholder (@folded nvarchar(max))
returns bit
as
begin
  declare @bare nvarchar(max) = N'', @spaced nvarchar(max) = N'', @rest nvarchar(max), @length bigint, @i bigint = 1, @point int;
  if replace(@folded collate Latin1_General_100_BIN2, N' ', N'') in (N'N/A', N'N/A.', N'N.A', N'N.A.') return 1;
  -- Without all ASCII but A-Z and 0-9; and with a space for each of them.
  set @length = datalength(@folded) / 2;
  while @i <= @length
  begin
    set @point = unicode(substring(@folded, @i, 1));
    if @point between 48 and 57 or @point between 65 and 90 or @point > 127
    begin
      set @bare = @bare + nchar(@point);
      set @spaced = @spaced + nchar(@point);
    end;
    else
      set @spaced = @spaced + N' ';
    set @i = @i + 1;
  end;
  if @bare collate Latin1_General_100_BIN2 in (N'ANON', N'ANONYMOUS', N'BABY', N'BABYBOY', N'BABYGIRL', N'FEMALE', N'FIRSTNAME',
    N'FORENAME', N'INFANT', N'LASTNAME', N'MALE', N'NONAME', N'NONE', N'NOTGIVEN', N'NOTKNOWN', N'NOTNAMED', N'SURNAME', N'TBC',
    N'TEST', N'TESTER', N'UNKNOWN') return 1;
  if datalength(@bare) >= 4 and datalength(replace(@bare collate Latin1_General_100_BIN2, N'X', N'')) = 0 return 1;
  if @bare like N'BABY[0-9A-C]' collate Latin1_General_100_BIN2 return 1;
  -- (BABY|INFANT|BOY|GIRL)?(TWIN|TRIPLET)([123ABC]|I|II|III|ONE|TWO|THREE)?
  set @rest = @bare;
  if left(@bare, 4) collate Latin1_General_100_BIN2 in (N'BABY', N'GIRL') set @rest = substring(@bare, 5, @length);
  if left(@bare, 6) = N'INFANT' collate Latin1_General_100_BIN2 set @rest = substring(@bare, 7, @length);
  if left(@bare, 3) = N'BOY' collate Latin1_General_100_BIN2 set @rest = substring(@bare, 4, @length);
  if left(@rest, 4) = N'TWIN' collate Latin1_General_100_BIN2
  begin
    set @rest = substring(@rest, 5, @length);
    if datalength(@rest) = 0 return 1;
    if @rest collate Latin1_General_100_BIN2
      in (N'1', N'2', N'3', N'A', N'B', N'C', N'I', N'II', N'III', N'ONE', N'TWO', N'THREE')
      return 1;
  end;
  if left(@rest, 7) = N'TRIPLET' collate Latin1_General_100_BIN2
  begin
    set @rest = substring(@rest, 8, @length);
    if datalength(@rest) = 0 return 1;
    if @rest collate Latin1_General_100_BIN2
      in (N'1', N'2', N'3', N'A', N'B', N'C', N'I', N'II', N'III', N'ONE', N'TWO', N'THREE')
      return 1;
  end;
  set @spaced = count_once.tidy_spaces(@spaced);
  if @spaced like N'BABY OF %' collate Latin1_General_100_BIN2 or @spaced like N'BABY BOY OF %' collate Latin1_General_100_BIN2
    or @spaced like N'BABY GIRL OF %' collate Latin1_General_100_BIN2
    or @spaced like N'INFANT OF %' collate Latin1_General_100_BIN2 return 1;
  return 0;
end;
go

-- The words of a folded name with a space between them, without leading titles and trailing suffixes. Full stops and commas are
-- spaces; so are hyphens where `@parts_hyphens` says so.
create function count_once.name_words (@folded nvarchar(max), @parts_hyphens bit)
returns nvarchar(max)
as
begin
  declare @words nvarchar(max) = N'', @length bigint = datalength(@folded) / 2, @i bigint = 1, @point int, @space bigint;
  declare @is_title bit = 1, @word nvarchar(max);
  -- Then all ASCII but A-Z and space goes.
  while @i <= @length
  begin
    set @point = unicode(substring(@folded, @i, 1));
    if @point in (32, 44, 46) or (@point = 45 and @parts_hyphens = 1)
      set @words = @words + N' ';
    else if @point between 65 and 90 or @point > 127
      set @words = @words + nchar(@point);
    set @i = @i + 1;
  end;
  set @words = count_once.tidy_spaces(@words);
  -- Leading titles and trailing suffixes go, never the last word left.
  set @space = charindex(N' ' collate Latin1_General_100_BIN2, @words);
  while @space > 0 and @is_title = 1
  begin
    set @word = left(@words, @space - 1);
    if @word collate Latin1_General_100_BIN2 in (N'MR', N'MRS', N'MS', N'MISS', N'MX', N'MASTER', N'DR', N'PROF', N'REV', N'SIR',
      N'LADY', N'DAME', N'LORD')
      set @words = substring(@words, @space + 1, @length);
    else
      set @is_title = 0;
    set @space = charindex(N' ' collate Latin1_General_100_BIN2, @words);
  end;
  set @is_title = 1;
  while @space > 0 and @is_title = 1
  begin
    -- The last space: the word behind it is the last.
    set @i = datalength(@words) / 2;
    while unicode(substring(@words, @i, 1)) <> 32
    begin
      set @i = @i - 1;
    end;
    set @word = substring(@words, @i + 1, @length);
    if @word collate Latin1_General_100_BIN2 in (N'JR', N'SR', N'II', N'III', N'IV')
      set @words = left(@words, @i - 1);
    else
      set @is_title = 0;
    set @space = charindex(N' ' collate Latin1_General_100_BIN2, @words);
  end;
  return @words;
end;
go

-- A name as a component; `@field` is first or last.
create function count_once.name (@cell nvarchar(max), @field nvarchar(5))
returns nvarchar(max)
as
begin
  declare @folded nvarchar(max) = count_once.fold(@cell, N'n'), @words nvarchar(max), @name nvarchar(max);
  if @folded is null return N'!' + @field + N'-character';
  if datalength(@folded) = 0 return N'!' + @field + N'-missing';
  if count_once.is_name_placeholder(@folded) = 1 return N'!' + @field + N'-placeholder';
  set @words = count_once.name_words(@folded, 0);
  if datalength(@words) = 0 return N'!' + @field + N'-no-letters';
  if count_once.is_name_placeholder(@words) = 1 return N'!' + @field + N'-placeholder';
  set @name = replace(@words collate Latin1_General_100_BIN2, N' ', N'');
  if @name like N'[A-Z]' collate Latin1_General_100_BIN2 return N'!' + @field + N'-one-letter';
  if @name collate Latin1_General_100_BIN2 in (N'BOY', N'GIRL', N'NA', N'NULL') return N'?' + @name;
  return N'=' + @name;
end;
go

-- The first three characters of a first name, as a component.
create function count_once.first_three (@first nvarchar(max))
returns nvarchar(max)
as
begin
  if unicode(@first) = 33 return @first;
  return left(@first, 4);
end;
go

-- A name under the usual spelling of it as a first name, looked up once and whole, as a component.
create function count_once.canonical (@component nvarchar(max))
returns nvarchar(max)
as
begin
  declare @canonical nvarchar(64), @name nvarchar(max) = count_once.value_of(@component);
  if unicode(@component) = 33 return @component;
  select @canonical = n.canonical from count_once.canonical_name as n where n.name = @name collate Latin1_General_100_BIN2;
  if @canonical is null return @component;
  return left(@component, 1) + @canonical;
end;
go
