-- Components of alternates and of sounds. Source: "Alternates and sound".

-- A birth date with day and month changed over, as a component.
create function count_once.swapped (@birth nvarchar(max))
returns nvarchar(max)
as
begin
  declare @month nvarchar(2), @day nvarchar(2);
  if unicode(@birth) = 33 return @birth;
  -- A component: one character before yyyy-mm-dd.
  set @month = substring(@birth, 7, 2);
  set @day = substring(@birth, 10, 2);
  if convert(int, @day) > 12 or convert(int, @day) = convert(int, @month) return N'!alternate-none';
  return left(@birth, 6) + @day + N'-' + @month;
end;
go

-- A last name under the usual spelling of it as a first name, as a component; none where both names are one.
create function count_once.last_canonical (@first nvarchar(max), @first_canonical nvarchar(max), @last nvarchar(max))
returns nvarchar(max)
as
begin
  declare @canonical nvarchar(max) = count_once.canonical(@last), @is_one bit = 1;
  declare @first_name nvarchar(max) = count_once.value_of(@first), @last_name nvarchar(max) = count_once.value_of(@last);
  declare @first_usual nvarchar(max) = count_once.value_of(@first_canonical);
  declare @last_usual nvarchar(max) = count_once.value_of(@canonical);
  if unicode(@first) = 33 or unicode(@last) = 33 return @canonical;
  if @first_name <> @last_name collate Latin1_General_100_BIN2 set @is_one = 0;
  if @first_usual <> @last_usual collate Latin1_General_100_BIN2 set @is_one = 0;
  if @is_one = 1 return N'!alternate-none';
  return @canonical;
end;
go

-- The first (1) or the last (2) part of the last name in a cell, as a component; none where there is no part, or where it says
-- nothing that another column does not.
create function count_once.surname_part (@cell nvarchar(max), @last nvarchar(max), @which int)
returns nvarchar(max)
as
begin
  declare @words nvarchar(max), @word nvarchar(max), @space bigint, @length bigint;
  declare @first_part nvarchar(max) = N'', @last_part nvarchar(max) = N'', @part nvarchar(max);
  declare @name nvarchar(max) = count_once.value_of(@last);
  if unicode(@last) = 33 return @last;
  set @words = count_once.name_words(count_once.fold(@cell, N'n'), 1);
  if count_once.is_name_placeholder(@words) = 1 return N'!alternate-none';
  set @length = datalength(@words) / 2;
  while datalength(@words) > 0
  begin
    set @space = charindex(N' ' collate Latin1_General_100_BIN2, @words);
    if @space = 0
    begin
      set @word = @words;
      set @words = N'';
    end;
    else
    begin
      set @word = left(@words, @space - 1);
      set @words = substring(@words, @space + 1, @length);
    end;
    if @word collate Latin1_General_100_BIN2
      not in (N'AL', N'EL', N'UL', N'UR', N'BIN', N'BINT', N'IBN', N'BEN', N'ABU', N'ABDUL',
      N'DE', N'DA', N'DO', N'DOS', N'DAS', N'DEL', N'DELLA', N'DI', N'DU', N'LA', N'LE', N'VAN', N'VON', N'DER', N'DEN', N'TER',
      N'O', N'MC', N'MAC', N'ST', N'SAN', N'SANTA', N'AP')
      and @word not like N'[A-Z]' collate Latin1_General_100_BIN2
    begin
      if datalength(@first_part) = 0 set @first_part = @word;
      set @last_part = @word;
    end;
  end;
  set @part = @first_part;
  if @which = 2
  begin
    if @last_part = @first_part collate Latin1_General_100_BIN2 return N'!alternate-none';
    set @part = @last_part;
  end;
  if datalength(@part) = 0 return N'!alternate-none';
  if @part = @name collate Latin1_General_100_BIN2 return N'!alternate-none';
  return left(@last, 1) + @part;
end;
go

-- What a name sounds like, as a component.
create function count_once.sound (@name nvarchar(max))
returns nvarchar(max)
as
begin
  declare @heard nvarchar(max) = count_once.value_of(@name), @sound nvarchar(max) = N'',
    @length bigint, @i bigint = 1, @point int, @previous int = 0;
  if unicode(@name) = 33 return @name;
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'PH', N'F');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'GH', N'G');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'KH', N'K');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'TH', N'T');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'SH', N'S');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'DH', N'D');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'CK', N'K');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'Q', N'K');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'C', N'K');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'X', N'H');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'Y', N'I');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'J', N'I');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'W', N'V');
  set @heard = replace(@heard collate Latin1_General_100_BIN2, N'Z', N'S');
  -- After the first, A E I O U H go; then runs of one become one.
  set @length = datalength(@heard) / 2;
  while @i <= @length
  begin
    set @point = unicode(substring(@heard, @i, 1));
    if @i = 1 or @point not in (65, 69, 73, 79, 85, 72)
    begin
      if @point <> @previous set @sound = @sound + nchar(@point);
      set @previous = @point;
    end;
    set @i = @i + 1;
  end;
  return left(@name, 1) + @sound;
end;
go

-- The sound of one name of a person, or the code for both where together they say too little.
create function count_once.sound_of_two (@sound nvarchar(max), @other nvarchar(max))
returns nvarchar(max)
as
begin
  if unicode(@sound) = 33 or unicode(@other) = 33 return @sound;
  if datalength(count_once.value_of(@sound)) + datalength(count_once.value_of(@other)) < 8 return N'!sound-short';
  return @sound;
end;
go
