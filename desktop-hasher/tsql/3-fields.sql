-- The fields. Each function takes a cell as it stands and answers a component. Source: "Fields".

-- Folded text without spaces and without the ".0" of a number saved as a fraction; null when it is 9.4E+09.
create function count_once.typed_number (@folded nvarchar(max))
returns nvarchar(max)
as
begin
  declare @typed nvarchar(max) = replace(@folded collate Latin1_General_100_BIN2, N' ', N'');
  declare @length bigint = datalength(@typed) / 2, @mantissa nvarchar(max), @exponent nvarchar(max), @whole nvarchar(max);
  declare @e bigint = charindex(N'E' collate Latin1_General_100_BIN2, @typed), @mark bigint;
  if @e > 0
  begin
    set @mantissa = count_once.without_sign(substring(@typed, 1, @e - 1), N'+-');
    set @mantissa = replace(@mantissa collate Latin1_General_100_BIN2, N',', N'.');
    set @exponent = count_once.without_sign(substring(@typed, @e + 1, @length), N'+-');
    set @mark = charindex(N'.' collate Latin1_General_100_BIN2, @mantissa);
    if count_once.are_digits(@exponent) = 1
    begin
      if count_once.are_digits(@mantissa) = 1 return null;
      if @mark > 1
      begin
        if count_once.are_digits(substring(@mantissa, 1, @mark - 1)) = 1
          and count_once.are_digits(substring(@mantissa, @mark + 1, @length)) = 1 return null;
      end;
    end;
  end;
  if @length > 2
  begin
    set @whole = substring(@typed, 1, @length - 2);
    if right(@typed, 2) = N'.0' collate Latin1_General_100_BIN2
      and count_once.are_digits(count_once.without_sign(@whole, N'+')) = 1 return @whole;
  end;
  return @typed;
end;
go

create function count_once.nhs_number (@cell nvarchar(max), @live bit)
returns nvarchar(max)
as
begin
  declare @folded nvarchar(max) = count_once.fold(@cell, N'v'), @digits nvarchar(max), @i int = 1, @sum int = 0;
  if @folded is null return N'!nhs-character';
  if datalength(@folded) = 0 return N'!nhs-missing';
  set @digits = count_once.typed_number(@folded);
  if @digits is null return N'!nhs-exponent';
  set @digits = replace(replace(@digits collate Latin1_General_100_BIN2, N'-', N''), N'.', N'');
  if datalength(@digits) <> 20 or count_once.are_digits(@digits) = 0 return N'!nhs-not-10-digits';
  if @digits = N'9876543210' collate Latin1_General_100_BIN2
    or @digits = replicate(left(@digits, 1), 10) collate Latin1_General_100_BIN2 return N'!nhs-placeholder';
  while @i <= 9
  begin
    set @sum = @sum + convert(int, substring(@digits, @i, 1)) * (11 - @i);
    set @i = @i + 1;
  end;
  if (11 - @sum % 11) % 11 <> convert(int, substring(@digits, 10, 1)) return N'!nhs-check-digit';
  if @live = 1 and left(@digits, 3) = N'999' collate Latin1_General_100_BIN2 return N'!nhs-test';
  return N'=' + @digits;
end;
go

-- A-Z as a-z and nothing else: lower() may shrink letters beyond ASCII to ASCII.
create function count_once.lower_ascii (@text nvarchar(max))
returns nvarchar(max)
as
begin
  declare @length bigint = datalength(@text) / 2, @i bigint = 1, @point int, @lower nvarchar(max) = N'';
  while @i <= @length
  begin
    set @point = unicode(substring(@text, @i, 1));
    if @point between 65 and 90 set @point = @point + 32;
    set @lower = @lower + nchar(@point);
    set @i = @i + 1;
  end;
  return @lower;
end;
go

-- Whether all of a text is below U+007F.
create function count_once.is_ascii (@text nvarchar(max))
returns bit
as
begin
  declare @length bigint = datalength(@text) / 2, @i bigint = 1;
  while @i <= @length
  begin
    if unicode(substring(@text, @i, 1)) > 126 return 0;
    set @i = @i + 1;
  end;
  return 1;
end;
go

-- Whether a text is [a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?
create function count_once.is_label (@label nvarchar(max))
returns bit
as
begin
  if datalength(@label) = 0 or datalength(@label) > 126 return 0;
  if left(@label, 1) = N'-' collate Latin1_General_100_BIN2 or right(@label, 1) = N'-' collate Latin1_General_100_BIN2 return 0;
  return count_once.holds_only(@label, N'abcdefghijklmnopqrstuvwxyz0123456789-');
end;
go

-- Whether a text is a domain of two labels and more.
create function count_once.is_domain (@domain nvarchar(max))
returns bit
as
begin
  declare @length bigint = datalength(@domain) / 2, @i bigint = 1, @from bigint = 1, @labels int = 0, @is_end bit;
  declare @label nvarchar(max) = N'';
  if @length > 253 return 0;
  while @i <= @length + 1
  begin
    set @is_end = 0;
    if @i > @length set @is_end = 1;
    if unicode(substring(@domain, @i, 1)) = 46 set @is_end = 1;
    if @is_end = 1
    begin
      set @label = substring(@domain, @from, @i - @from);
      if count_once.is_label(@label) = 0 return 0;
      set @labels = @labels + 1;
      set @from = @i + 1;
    end;
    set @i = @i + 1;
  end;
  if @labels < 2 return 0;
  if left(@label, 4) = N'xn--' collate Latin1_General_100_BIN2 return 1;
  if datalength(@label) < 4 return 0;
  return count_once.holds_only(@label, N'abcdefghijklmnopqrstuvwxyz');
end;
go

create function count_once.email (@cell nvarchar(max), @live bit)
returns nvarchar(max)
as
begin
  declare @address nvarchar(max) = count_once.fold(@cell, N'e'), @length bigint, @open bigint, @at bigint, @mark bigint;
  declare @local nvarchar(max), @domain nvarchar(max), @bare nvarchar(max);
  if @address is null return N'!email-character';
  if datalength(@address) = 0 return N'!email-missing';
  set @address = count_once.lower_ascii(@address);
  set @length = datalength(@address) / 2;
  -- One pair of brackets, and it is the end.
  set @open = charindex(N'<' collate Latin1_General_100_BIN2, @address);
  if @open > 0 and charindex(N'>' collate Latin1_General_100_BIN2, @address) = @length
    and charindex(N'<' collate Latin1_General_100_BIN2, @address, @open + 1) = 0
  begin
    -- A closing bracket is last and the only one, so the opening one stands before it.
    set @address = ltrim(rtrim(substring(@address, @open + 1, @length - @open - 1)));
  end;
  if left(@address, 7) = N'mailto:' collate Latin1_General_100_BIN2
  begin
    set @address = substring(@address, 8, @length);
    set @mark = charindex(N'?' collate Latin1_General_100_BIN2, @address);
    if @mark > 0 set @address = left(@address, @mark - 1);
    set @address = ltrim(rtrim(@address));
  end;
  if count_once.is_ascii(@address) = 0 return N'!email-not-ascii';
  if datalength(@address) - datalength(replace(@address collate Latin1_General_100_BIN2, N'@', N'')) <> 2
    return N'!email-not-one-at';
  set @at = charindex(N'@' collate Latin1_General_100_BIN2, @address);
  set @local = left(@address, @at - 1);
  set @domain = substring(@address, @at + 1, @length);
  if datalength(@local) = 0 or datalength(@local) > 128 return N'!email-local-part';
  if left(@local, 1) = N'.' collate Latin1_General_100_BIN2 or right(@local, 1) = N'.' collate Latin1_General_100_BIN2
    or charindex(N'..' collate Latin1_General_100_BIN2, @local) > 0 return N'!email-local-part';
  if count_once.holds_only(@local, N'abcdefghijklmnopqrstuvwxyz0123456789.!#$%&''*+/=?^_{|}~-') = 0 return N'!email-local-part';
  if right(@domain, 1) = N'.' collate Latin1_General_100_BIN2 set @domain = left(@domain, datalength(@domain) / 2 - 1);
  if count_once.is_domain(@domain) = 0 return N'!email-domain';
  set @bare = replace(replace(@local collate Latin1_General_100_BIN2, N'.', N''), N'-', N'');
  set @bare = replace(replace(@bare collate Latin1_General_100_BIN2, N'_', N''), N'/', N'');
  if @bare collate Latin1_General_100_BIN2 in (N'noreply', N'donotreply', N'noemail', N'none', N'na', N'nil', N'null', N'unknown',
    N'test', N'nobody', N'xxx') return N'!email-placeholder';
  if @live = 1 and (
    @domain collate Latin1_General_100_BIN2 in (N'example.com', N'example.org', N'example.net')
    or right(@domain, 12) collate Latin1_General_100_BIN2 in (N'.example.com', N'.example.org', N'.example.net'))
    return N'!email-placeholder';
  return N'=' + @local + N'@' + @domain;
end;
go

create function count_once.mobile (@cell nvarchar(max))
returns nvarchar(max)
as
begin
  declare @folded nvarchar(max) = count_once.fold(@cell, N'v'), @typed nvarchar(max), @part nvarchar(max);
  declare @digits nvarchar(max), @rest nvarchar(max), @length bigint, @from bigint = 1, @to bigint, @zero bigint;
  declare @is_plus bit = 0, @is_landline bit = 0;
  if @folded is null return N'!mobile-character';
  if datalength(@folded) = 0 return N'!mobile-missing';
  set @typed = count_once.typed_number(@folded);
  if @typed is null return N'!mobile-exponent';
  -- The part runs from the first digit to the last; a plus may stand anywhere before it.
  set @length = datalength(@typed) / 2;
  set @to = @length;
  while @from <= @length and unicode(substring(@typed, @from, 1)) not between 48 and 57
  begin
    set @from = @from + 1;
  end;
  if @from > @length return N'!mobile-unreadable';
  while unicode(substring(@typed, @to, 1)) not between 48 and 57
  begin
    set @to = @to - 1;
  end;
  set @part = substring(@typed, @from, @to - @from + 1);
  if count_once.holds_only(@part, N'0123456789().-') = 0 return N'!mobile-unreadable';
  if charindex(N'+' collate Latin1_General_100_BIN2, left(@typed, @from - 1)) > 0 set @is_plus = 1;
  set @zero = charindex(N'(0)' collate Latin1_General_100_BIN2, @part);
  if @zero > 0 and (@is_plus = 1 or left(@part, 2) = N'00' collate Latin1_General_100_BIN2)
    set @part = stuff(@part, @zero, 3, N'');
  set @digits = replace(replace(@part collate Latin1_General_100_BIN2, N'(', N''), N')', N'');
  set @digits = replace(replace(@digits collate Latin1_General_100_BIN2, N'.', N''), N'-', N'');
  if left(@digits, 1) = N'0' collate Latin1_General_100_BIN2 set @is_plus = 0;
  if @is_plus = 0
  begin
    if left(@digits, 2) = N'00' collate Latin1_General_100_BIN2
      set @digits = substring(@digits, 3, @length);
    else if left(@digits, 1) = N'0' collate Latin1_General_100_BIN2
      set @digits = N'44' + substring(@digits, 2, @length);
    else if left(@digits, 1) = N'7' collate Latin1_General_100_BIN2 and datalength(@digits) = 20
      set @digits = N'44' + @digits;
    else if left(@digits, 2) <> N'44' collate Latin1_General_100_BIN2
      return N'!mobile-unreadable';
  end;
  if left(@digits, 2) = N'44' collate Latin1_General_100_BIN2
  begin
    set @rest = substring(@digits, 3, @length);
    if left(@rest, 1) = N'0' collate Latin1_General_100_BIN2 set @rest = substring(@rest, 2, @length);
    if left(@rest, 1) collate Latin1_General_100_BIN2 in (N'1', N'2', N'3', N'8') set @is_landline = 1;
    if left(@rest, 2) = N'70' collate Latin1_General_100_BIN2 set @is_landline = 1;
    if left(@rest, 2) = N'76' collate Latin1_General_100_BIN2 and left(@rest, 4) <> N'7624' collate Latin1_General_100_BIN2
      set @is_landline = 1;
    if @is_landline = 1 return N'!mobile-landline';
    if left(@rest, 1) <> N'7' collate Latin1_General_100_BIN2 or datalength(@rest) <> 20 return N'!mobile-unreadable';
    set @digits = N'44' + @rest;
  end;
  else
  begin
    if left(@digits, 1) = N'0' collate Latin1_General_100_BIN2 return N'!mobile-unreadable';
    if datalength(@digits) < 16 or datalength(@digits) > 30 return N'!mobile-unreadable';
  end;
  if right(@digits, 8) = replicate(right(@digits, 1), 8) collate Latin1_General_100_BIN2 return N'!mobile-placeholder';
  return N'=+' + @digits;
end;
go

-- The gender as it is kept: M, F, X or unknown.
create function count_once.gender (@cell nvarchar(max))
returns nvarchar(7)
as
begin
  declare @word nvarchar(max) = count_once.fold(@cell, N'v');
  set @word = replace(replace(@word collate Latin1_General_100_BIN2, N' ', N''), N'-', N'');
  set @word = replace(@word collate Latin1_General_100_BIN2, N'.', N'');
  if @word collate Latin1_General_100_BIN2 in (N'1', N'M', N'MALE', N'BOY', N'MAN') return N'M';
  if @word collate Latin1_General_100_BIN2 in (N'2', N'F', N'FEMALE', N'GIRL', N'WOMAN') return N'F';
  if @word collate Latin1_General_100_BIN2 in (N'9', N'X', N'I', N'INDETERMINATE', N'NONBINARY', N'OTHER') return N'X';
  return N'unknown';
end;
go

create function count_once.client_reference (@cell nvarchar(max))
returns nvarchar(max)
as
begin
  declare @reference nvarchar(max) = count_once.fold(@cell, N'v'), @length bigint, @i bigint = 1, @point int;
  if @reference is null return N'!ref-character';
  set @reference = replace(@reference collate Latin1_General_100_BIN2, N' ', N'');
  set @length = datalength(@reference) / 2;
  while @i <= @length
  begin
    set @point = unicode(substring(@reference, @i, 1));
    if @point between 48 and 57 or @point between 65 and 90 or @point > 127 return N'=' + @reference;
    set @i = @i + 1;
  end;
  return N'!ref-missing';
end;
go

-- The reference of the carer in a child's row; empty without a child's, or all carers would be one client.
create function count_once.carer_reference (@cell nvarchar(max))
returns nvarchar(max)
as
begin
  if count_once.client_reference(@cell) = N'!ref-missing' collate Latin1_General_100_BIN2 return N'';
  return @cell + N'#CARER';
end;
go
