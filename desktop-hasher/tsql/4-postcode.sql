-- Postcodes. Source: "Postcode".

create function count_once.is_postcode (@postcode nvarchar(max))
returns bit
as
begin
  if @postcode like N'[A-PR-UWYZ][0-9][0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]' collate Latin1_General_100_BIN2 return 1;
  if @postcode like N'[A-PR-UWYZ][0-9][0-9][0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]' collate Latin1_General_100_BIN2 return 1;
  if @postcode like N'[A-PR-UWYZ][A-HK-Y][0-9][0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]' collate Latin1_General_100_BIN2 return 1;
  if @postcode like N'[A-PR-UWYZ][A-HK-Y][0-9][0-9][0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]'
    collate Latin1_General_100_BIN2 return 1;
  if @postcode like N'[A-PR-UWYZ][A-HK-Y][0-9][ABEHMNPRVWXY][0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]' collate Latin1_General_100_BIN2
    return 1;
  if @postcode like N'[A-PR-UWYZ][0-9][A-HJKPSTUW][0-9][ABD-HJLNP-UW-Z][ABD-HJLNP-UW-Z]' collate Latin1_General_100_BIN2 return 1;
  return 0;
end;
go

create function count_once.postcode (@cell nvarchar(max))
returns nvarchar(max)
as
begin
  declare @folded nvarchar(max) = count_once.fold(@cell, N'v'), @postcode nvarchar(max) = N'', @length bigint, @i bigint = 1;
  declare @letter nvarchar(1), @other nvarchar(1), @reading nvarchar(max), @found nvarchar(max), @fitting int = 0;
  declare @mask int = 1, @masks int = 1, @bit int, @is_reading bit;
  if @folded is null return N'!postcode-character';
  set @length = datalength(@folded) / 2;
  while @i <= @length
  begin
    set @letter = substring(@folded, @i, 1);
    if unicode(@letter) between 48 and 57 or unicode(@letter) between 65 and 90 set @postcode = @postcode + @letter;
    set @i = @i + 1;
  end;
  set @length = datalength(@postcode) / 2;
  if @length = 0 return N'!postcode-missing';
  if left(@postcode, 4) = N'ZZ99' collate Latin1_General_100_BIN2 or left(@postcode, 2) = N'BX' collate Latin1_General_100_BIN2
    or left(@postcode, 3) = N'GIR' collate Latin1_General_100_BIN2 return N'!postcode-placeholder';
  if count_once.is_postcode(@postcode) = 1 return N'=' + @postcode;
  if @length < 5 or @length > 7 return N'!postcode-pattern';
  -- Each bit of the mask exchanges one letter for its lookalike; a mask that wants another letter exchanged is no reading.
  set @i = 1;
  while @i <= @length
  begin
    set @masks = @masks * 2;
    set @i = @i + 1;
  end;
  while @mask < @masks
  begin
    set @reading = N'';
    set @is_reading = 1;
    set @bit = 1;
    set @i = 1;
    while @i <= @length
    begin
      set @letter = substring(@postcode, @i, 1);
      if (@mask & @bit) > 0
      begin
        set @other = case unicode(@letter) when 79 then N'0' when 48 then N'O' when 73 then N'1' when 49 then N'I' else N'' end;
        if datalength(@other) = 0 set @is_reading = 0;
        set @letter = @other;
      end;
      set @reading = @reading + @letter;
      set @bit = @bit * 2;
      set @i = @i + 1;
    end;
    if @is_reading = 1 and count_once.is_postcode(@reading) = 1
    begin
      set @fitting = @fitting + 1;
      set @found = @reading;
    end;
    set @mask = @mask + 1;
  end;
  if @fitting = 1 return N'=' + @found;
  return N'!postcode-pattern';
end;
go
