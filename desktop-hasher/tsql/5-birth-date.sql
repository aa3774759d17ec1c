-- Birth dates. Days are whole numbers, year * 10000 + month * 100 + day: no setting of language or date format has a say.
-- Source: "Birth date".

-- Whether there is such a day of the Gregorian calendar; there is no year 0.
create function count_once.is_day (@day int)
returns bit
as
begin
  declare @year int = @day / 10000, @month int = @day / 100 % 100, @date int = @day % 100, @last int = 31;
  if @year < 1 or @month < 1 or @month > 12 return 0;
  if @month in (4, 6, 9, 11) set @last = 30;
  if @month = 2 set @last = 28;
  if @month = 2 and @year % 4 = 0 and (@year % 100 <> 0 or @year % 400 = 0) set @last = 29;
  if @date < 1 or @date > @last return 0;
  return 1;
end;
go

-- The day a spreadsheet's serial number means: so many days after 1899-12-30.
create function count_once.serial_day (@serial int)
returns int
as
begin
  -- Days since 1 March of year 0, whose years end with their leap day.
  declare @days int = @serial + 693899, @era int, @in_era int, @year_of_era int, @day_of_year int, @from_march int, @month int;
  set @era = @days / 146097;
  set @in_era = @days - @era * 146097;
  set @year_of_era = (@in_era - (@in_era / 1460 - @in_era / 36524 + @in_era / 146096)) / 365;
  set @day_of_year = @in_era - (365 * @year_of_era + @year_of_era / 4 - @year_of_era / 100);
  set @from_march = (5 * @day_of_year + 2) / 153;
  set @month = @from_march + 3;
  if @from_march >= 10 set @month = @from_march - 9;
  if @month <= 2 set @year_of_era = @year_of_era + 1;
  return (@year_of_era + @era * 400) * 10000 + @month * 100 + @day_of_year - (153 * @from_march + 2) / 5 + 1;
end;
go

-- The last day of a quarter, 2024-Q1 being April to June 2024; null when it is no quarter.
create function count_once.reference_day (@quarter nvarchar(max))
returns int
as
begin
  declare @year int, @number int;
  if @quarter is null or @quarter not like N'[12][0-9][0-9][0-9]-Q[1-4]' collate Latin1_General_100_BIN2 return null;
  if left(@quarter, 2) collate Latin1_General_100_BIN2 not in (N'19', N'20', N'21') return null;
  set @year = convert(int, left(@quarter, 4));
  set @number = convert(int, right(@quarter, 1));
  if @number = 1 return @year * 10000 + 630;
  if @number = 2 return @year * 10000 + 930;
  if @number = 3 return @year * 10000 + 1231;
  return (@year + 1) * 10000 + 331;
end;
go

-- Whether a text is a time of day: [T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?( ?[AP]M)?(Z|[+-][0-9]{2}:?[0-9]{2})?
-- It is read from its end, where each part can be told by its last characters.
create function count_once.is_time (@text nvarchar(max))
returns bit
as
begin
  declare @rest nvarchar(max) = @text, @length bigint, @point bigint;
  set @length = datalength(@rest) / 2;
  if @length < 5 return 0;
  if @rest like N'%Z' collate Latin1_General_100_BIN2
    set @rest = substring(@rest, 1, @length - 1);
  else if @rest like N'%[-+][0-9][0-9][0-9][0-9]' collate Latin1_General_100_BIN2
    set @rest = substring(@rest, 1, @length - 5);
  else if @rest like N'%[-+][0-9][0-9]:[0-9][0-9]' collate Latin1_General_100_BIN2
    set @rest = substring(@rest, 1, @length - 6);
  set @length = datalength(@rest) / 2;
  if @rest like N'%[AP]M' collate Latin1_General_100_BIN2
  begin
    set @rest = substring(@rest, 1, @length - 2);
    set @length = @length - 2;
    if @length > 0
    begin
      if unicode(right(@rest, 1)) = 32 set @rest = substring(@rest, 1, @length - 1);
    end;
  end;
  set @length = datalength(@rest) / 2;
  set @point = charindex(N'.' collate Latin1_General_100_BIN2, @rest);
  if @point > 0
  begin
    if count_once.are_digits(substring(@rest, @point + 1, @length)) = 0 return 0;
    set @rest = substring(@rest, 1, @point - 1);
  end;
  if @rest like N'[T ][0-9]:[0-9][0-9]:[0-9][0-9]' collate Latin1_General_100_BIN2 return 1;
  if @rest like N'[T ][0-9][0-9]:[0-9][0-9]:[0-9][0-9]' collate Latin1_General_100_BIN2 return 1;
  -- A fraction belongs to seconds.
  if @point > 0 return 0;
  if @rest like N'[T ][0-9]:[0-9][0-9]' collate Latin1_General_100_BIN2 return 1;
  if @rest like N'[T ][0-9][0-9]:[0-9][0-9]' collate Latin1_General_100_BIN2 return 1;
  return 0;
end;
go

-- The number of an English month, in digits, shortened or whole; null when it is none.
create function count_once.month_of (@written nvarchar(max))
returns int
as
begin
  declare @names nvarchar(100) = N'JANUARY FEBRUARY MARCH APRIL MAY JUNE JULY AUGUST SEPTEMBER OCTOBER NOVEMBER DECEMBER ';
  declare @name nvarchar(20), @month int = 1, @end int;
  if datalength(@written) = 0 return null;
  if count_once.are_digits(@written) = 1
  begin
    if datalength(@written) > 4 return null;
    return convert(int, @written);
  end;
  if charindex(N' ' collate Latin1_General_100_BIN2, @written) > 0 return null;
  if @written = N'SEPT' collate Latin1_General_100_BIN2 return 9;
  while @month <= 12
  begin
    set @end = charindex(N' ' collate Latin1_General_100_BIN2, @names);
    set @name = left(@names, @end - 1);
    if @written = @name collate Latin1_General_100_BIN2 return @month;
    if @written = left(@name, 3) collate Latin1_General_100_BIN2 return @month;
    set @names = substring(@names, @end + 1, 100);
    set @month = @month + 1;
  end;
  return null;
end;
go

-- What folded text says as a date, whether or not it is a day; null when it is in none of the forms. Twelve digits: the form (1
-- year first, 2 day first, 3 a serial); 1 when the year has two digits; 1 when the month is in digits, of form 2; 1 when a time
-- or a fraction was written; in the last eight year, month and day, or the serial.
create function count_once.read_date (@folded nvarchar(max))
returns nvarchar(12)
as
begin
  declare @text nvarchar(max) = @folded, @length bigint, @rest nvarchar(max), @value nvarchar(8), @has_time nvarchar(1) = N'0';
  declare @separator nvarchar(1), @day nvarchar(2), @month_text nvarchar(max), @month int, @year nvarchar(4), @end bigint;
  declare @is_two_digit_year nvarchar(1) = N'0', @is_numeric_month nvarchar(1) = N'0';
  -- Spaces beside / - . go.
  set @text = replace(replace(@text collate Latin1_General_100_BIN2, N' /', N'/'), N'/ ', N'/');
  set @text = replace(replace(@text collate Latin1_General_100_BIN2, N' -', N'-'), N'- ', N'-');
  set @text = replace(replace(@text collate Latin1_General_100_BIN2, N' .', N'.'), N'. ', N'.');
  set @length = datalength(@text) / 2;

  if @text like N'[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]%' collate Latin1_General_100_BIN2
    or @text like N'[0-9][0-9][0-9][0-9]/[0-9][0-9]/[0-9][0-9]%' collate Latin1_General_100_BIN2
  begin
    set @value = substring(@text, 1, 4) + substring(@text, 6, 2) + substring(@text, 9, 2);
    set @rest = substring(@text, 11, @length);
  end;
  if @text like N'[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]%' collate Latin1_General_100_BIN2
  begin
    set @value = substring(@text, 1, 8);
    set @rest = substring(@text, 9, @length);
  end;
  if @value is not null
  begin
    if datalength(@rest) > 0
    begin
      if count_once.is_time(@rest) = 0 return null;
      set @has_time = N'1';
    end;
    return N'100' + @has_time + @value;
  end;

  if @text like N'[0-9][0-9][0-9][0-9][0-9]' collate Latin1_General_100_BIN2 return N'3000000' + @text;
  if @text like N'[0-9][0-9][0-9][0-9][0-9].%' collate Latin1_General_100_BIN2
  begin
    if count_once.are_digits(substring(@text, 7, @length)) = 0 return null;
    return N'3001000' + substring(@text, 1, 5);
  end;

  set @day = left(@text, 2);
  if count_once.are_digits(@day) = 0 set @day = left(@text, 1);
  if count_once.are_digits(@day) = 0 return null;
  set @rest = substring(@text, datalength(@day) / 2 + 1, @length);
  if left(@rest, 2) collate Latin1_General_100_BIN2 in (N'ST', N'ND', N'RD', N'TH') set @rest = substring(@rest, 3, @length);
  set @separator = left(@rest, 1);
  if charindex(@separator collate Latin1_General_100_BIN2, N'/-. ') = 0 return null;
  set @rest = substring(@rest, 2, @length);
  set @end = charindex(@separator collate Latin1_General_100_BIN2, @rest);
  if @end < 2 return null;
  set @month_text = substring(@rest, 1, @end - 1);
  set @month = count_once.month_of(@month_text);
  if @month is null return null;
  if count_once.are_digits(@month_text) = 1 set @is_numeric_month = N'1';
  set @rest = substring(@rest, @end + 1, @length);
  set @year = left(@rest, 4);
  if @year not like N'[0-9][0-9][0-9][0-9]' collate Latin1_General_100_BIN2
  begin
    set @year = left(@rest, 2);
    set @is_two_digit_year = N'1';
    if @year not like N'[0-9][0-9]' collate Latin1_General_100_BIN2 return null;
  end;
  set @rest = substring(@rest, datalength(@year) / 2 + 1, @length);
  if datalength(@rest) > 0
  begin
    if count_once.is_time(@rest) = 0 return null;
    set @has_time = N'1';
  end;
  return N'2' + @is_two_digit_year + @is_numeric_month + @has_time + right(N'00' + @year, 4)
    + right(N'0' + convert(nvarchar(2), @month), 2) + right(N'0' + @day, 2);
end;
go

-- A birth date as yyyy-mm-dd. `@given_role` as the staging view gives it.
create function count_once.birth_date (@cell nvarchar(max), @reference_day int, @given_role nvarchar(16))
returns nvarchar(max)
as
begin
  declare @folded nvarchar(max) = count_once.fold(@cell, N'v'), @written nvarchar(12), @day int, @latest int;
  declare @digits nvarchar(8), @form int, @is_two_digit_year int, @has_time int, @tag nvarchar(1) = N'=';
  if @folded is null return N'!birth-character';
  if datalength(@folded) = 0 return N'!birth-missing';
  set @written = count_once.read_date(@folded);
  if @written is null return N'!birth-unreadable';
  set @form = convert(int, substring(@written, 1, 1));
  set @is_two_digit_year = convert(int, substring(@written, 2, 1));
  set @has_time = convert(int, substring(@written, 4, 1));
  set @day = convert(int, substring(@written, 5, 8));
  if @form = 3 set @day = count_once.serial_day(@day);
  if @is_two_digit_year = 1
  begin
    set @tag = N'?';
    -- The latest century in which the date, or for a parent or adult the date twelve years on, is not to come.
    set @latest = @reference_day;
    if @given_role collate Latin1_General_100_BIN2 in (N'parent', N'adult') set @latest = @latest - 120000;
    set @day = @day + @latest / 1000000 * 1000000;
    if @day > @latest set @day = @day - 1000000;
  end;
  if count_once.is_day(@day) = 0 return N'!birth-impossible';
  if @day = 19000101 or @day = 19010101 or (@day = 19700101 and @has_time = 1) return N'!birth-placeholder';
  if @day > @reference_day return N'!birth-future';
  if @day + 1200000 < @reference_day return N'!birth-over-120';
  set @digits = right(N'0000' + convert(nvarchar(8), @day), 8);
  return @tag + substring(@digits, 1, 4) + N'-' + substring(@digits, 5, 2) + N'-' + substring(@digits, 7, 2);
end;
go

-- Of a cell of two numbers before a year: 2 when only day first makes a date of it, 3 when only month first does, else 1; 0 when
-- it is no such cell.
create function count_once.date_order (@cell nvarchar(max))
returns int
as
begin
  declare @folded nvarchar(max) = count_once.fold(@cell, N'v'), @written nvarchar(12), @first int, @second int;
  if @folded is null return 0;
  set @written = count_once.read_date(@folded);
  if @written is null return 0;
  if unicode(@written) <> 50 or unicode(substring(@written, 3, 1)) = 48 return 0;
  set @first = convert(int, substring(@written, 11, 2));
  set @second = convert(int, substring(@written, 9, 2));
  if @first < 1 or @first > 31 or @second < 1 or @second > 31 return 0;
  if @first > 12 and @second <= 12 return 2;
  if @second > 12 and @first <= 12 return 3;
  return 1;
end;
go

-- Whether a whole column of birth dates was written month first, which refuses the file: of `@both` cells that are 1, 2 or 3
-- above, `@day_first` are 2 and `@month_first` are 3.
create function count_once.is_month_first (@both int, @day_first int, @month_first int)
returns bit
as
begin
  -- Sums over no rows are null.
  if isnull(@day_first, 0) > 0 or isnull(@month_first, 0) = 0 return 0;
  if @month_first = 1 and @both >= 21 return 0;
  return 1;
end;
go
