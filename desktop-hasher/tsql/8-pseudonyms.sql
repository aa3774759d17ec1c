-- Keys, framing and pseudonyms. Source: "Framing and keys" and "Kinds".

-- Text as UTF-8. What folding leaves has no code point above U+FFFF and no surrogate.
create function count_once.utf8 (@text nvarchar(max))
returns varbinary(max)
as
begin
  declare @length bigint = datalength(@text) / 2, @i bigint = 1, @point int, @bytes varbinary(max) = 0x;
  while @i <= @length
  begin
    set @point = unicode(substring(@text, @i, 1));
    if @point < 128
      set @bytes = @bytes + convert(binary(1), @point);
    else if @point < 2048
      set @bytes = @bytes + convert(binary(1), 192 + @point / 64) + convert(binary(1), 128 + @point % 64);
    else
      set @bytes = @bytes + convert(binary(1), 224 + @point / 4096) + convert(binary(1), 128 + @point / 64 % 64)
        + convert(binary(1), 128 + @point % 64);
    set @i = @i + 1;
  end;
  return @bytes;
end;
go

create function count_once.netstring (@bytes varbinary(max))
returns varbinary(max)
as
begin
  return convert(varbinary(max), convert(varchar(20), datalength(@bytes))) + 0x3A + @bytes + 0x2C;
end;
go

-- A message: the beginning, the kind, and each component that is not null.
create function count_once.message (@kind nvarchar(64), @first nvarchar(max), @second nvarchar(max), @third nvarchar(max),
  @fourth nvarchar(max))
returns varbinary(max)
as
begin
  -- netstring("countonce") netstring("1")
  declare @message varbinary(max) = 0x393A636F756E746F6E63652C313A312C;
  set @message = @message + count_once.netstring(count_once.utf8(@kind));
  if @first is not null set @message = @message + count_once.netstring(count_once.utf8(@first));
  if @second is not null set @message = @message + count_once.netstring(count_once.utf8(@second));
  if @third is not null set @message = @message + count_once.netstring(count_once.utf8(@third));
  if @fourth is not null set @message = @message + count_once.netstring(count_once.utf8(@fourth));
  return @message;
end;
go

-- A key of 32 bytes, filled up with zeros to a block and each byte exclusive-or 0x36 (54, the inner pad) or 0x5C (92, the outer):
-- made once for each run. Source: RFC 2104.
create function count_once.key_pad (@key varbinary(max), @fill int)
returns varbinary(64)
as
begin
  declare @i int = 1, @pad varbinary(64) = 0x;
  while @i <= 64
  begin
    if @i <= 32
      set @pad = @pad + convert(binary(1), convert(int, substring(@key, @i, 1)) ^ @fill);
    else
      set @pad = @pad + convert(binary(1), @fill);
    set @i = @i + 1;
  end;
  return @pad;
end;
go

-- HMAC-SHA-256 under a key whose pads were made.
create function count_once.hmac_sha256 (@inner varbinary(64), @outer varbinary(64), @message varbinary(max))
returns varbinary(32)
as
begin
  return hashbytes('SHA2_256', @outer + hashbytes('SHA2_256', @inner + @message));
end;
go

-- The check value that names a key; nothing else about a key is ever shown.
create function count_once.key_check_value (@key varbinary(max))
returns varchar(16)
as
begin
  declare @check varbinary(32) = count_once.hmac_sha256(count_once.key_pad(@key, 54), count_once.key_pad(@key, 92),
    count_once.message(N'key-check', null, null, null, null));
  return lower(convert(varchar(16), substring(@check, 1, 8), 2));
end;
go

-- Why a key is refused, or null.
create function count_once.refuse_key (@key varbinary(max))
returns varchar(16)
as
begin
  declare @i int = 2, @byte int, @previous int, @step int, @is_printable bit = 1, @is_sequence bit = 1;
  if @key is null or datalength(@key) <> 32 return 'key-length';
  set @previous = convert(int, substring(@key, 1, 1));
  set @step = (convert(int, substring(@key, 2, 1)) - @previous + 256) % 256;
  if @previous < 32 or @previous > 126 set @is_printable = 0;
  while @i <= 32
  begin
    set @byte = convert(int, substring(@key, @i, 1));
    if @byte < 32 or @byte > 126 set @is_printable = 0;
    if (@byte - @previous + 256) % 256 <> @step set @is_sequence = 0;
    set @previous = @byte;
    set @i = @i + 1;
  end;
  if @is_printable = 1 return 'key-printable';
  if @is_sequence = 1 return 'key-sequence';
  if substring(@key, 1, 16) = substring(@key, 17, 16) return 'key-repeated';
  if @key = hashbytes('SHA2_256', 0x) return 'key-of-nothing';
  return null;
end;
go

-- The code of the first component that has one; empty when none has. A component that a kind lacks is null.
create function count_once.blank_code (@first nvarchar(max), @second nvarchar(max), @third nvarchar(max), @fourth nvarchar(max))
returns nvarchar(32)
as
begin
  if unicode(@first) = 33 return count_once.code_of(@first);
  if unicode(@second) = 33 return count_once.code_of(@second);
  if unicode(@third) = 33 return count_once.code_of(@third);
  if unicode(@fourth) = 33 return count_once.code_of(@fourth);
  return N'';
end;
go

-- The source pseudonym of a kind over its components, in their order; null when one of them is blank.
create function count_once.pseudonym (@inner varbinary(64), @outer varbinary(64), @kind nvarchar(64), @first nvarchar(max),
  @second nvarchar(max), @third nvarchar(max), @fourth nvarchar(max))
returns varbinary(32)
as
begin
  if datalength(count_once.blank_code(@first, @second, @third, @fourth)) > 0 return null;
  return count_once.hmac_sha256(@inner, @outer, count_once.message(@kind,
    count_once.value_of(@first), count_once.value_of(@second),
    count_once.value_of(@third), count_once.value_of(@fourth)));
end;
go

-- A finding of a component that is kept, with a | before it; empty when there is none.
create function count_once.finding_of (@component nvarchar(max), @finding nvarchar(32))
returns nvarchar(33)
as
begin
  if unicode(@component) = 63 return N'|' + @finding;
  return N'';
end;
go
