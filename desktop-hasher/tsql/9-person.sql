-- One person: what is kept, the pseudonyms, and the code of each that is blank. Source: "Kinds" and "Hashed file".

-- Cells are text as they stand, or null. `codes` has the reason codes in the order of the columns, `findings` those on values
-- that are kept, with | between them.
create function count_once.person (@inner varbinary(64), @outer varbinary(64), @provider nvarchar(64), @service nvarchar(64),
  @reference_day int, @live bit, @given_role nvarchar(16), @client_ref nvarchar(max), @first_name nvarchar(max),
  @last_name nvarchar(max), @date_of_birth nvarchar(max), @gender nvarchar(max), @nhs_number nvarchar(max), @email nvarchar(max),
  @mobile nvarchar(max), @carer_email nvarchar(max), @carer_mobile nvarchar(max), @postcode nvarchar(max))
returns @person table (
  role nvarchar(16) not null, birth nvarchar(7) not null, gender nvarchar(7) not null, postcode_digest binary(8) null,
  {column} varbinary(32) null,
  codes nvarchar(600) not null, findings nvarchar(100) not null
)
as
begin
  declare @nhs nvarchar(max) = count_once.nhs_number(@nhs_number, @live);
  declare @own_email nvarchar(max) = count_once.email(@email, @live);
  declare @own_mobile nvarchar(max) = count_once.mobile(@mobile);
  declare @of_carer_email nvarchar(max) = count_once.email(@carer_email, @live);
  declare @of_carer_mobile nvarchar(max) = count_once.mobile(@carer_mobile);
  declare @birth nvarchar(max) = count_once.birth_date(@date_of_birth, @reference_day, @given_role);
  declare @first nvarchar(max) = count_once.name(@first_name, N'first');
  declare @first3 nvarchar(max) = count_once.first_three(@first);
  declare @canonical nvarchar(max) = count_once.canonical(@first);
  declare @last nvarchar(max) = count_once.name(@last_name, N'last');
  declare @swapped nvarchar(max) = count_once.swapped(@birth);
  declare @last_canonical nvarchar(max) = count_once.last_canonical(@first, @canonical, @last);
  declare @first_part nvarchar(max) = count_once.surname_part(@last_name, @last, 1);
  declare @last_part nvarchar(max) = count_once.surname_part(@last_name, @last, 2);
  declare @first_sound nvarchar(max) = count_once.sound(@canonical), @last_sound nvarchar(max) = count_once.sound(@last);
  declare @first_heard nvarchar(max) = count_once.sound_of_two(@first_sound, @last_sound);
  declare @last_heard nvarchar(max) = count_once.sound_of_two(@last_sound, @first_sound);
  declare @place nvarchar(max) = count_once.postcode(@postcode);
  declare @reference nvarchar(max) = count_once.client_reference(@client_ref);
  declare @kept_gender nvarchar(7) = count_once.gender(@gender), @sex nvarchar(max) = N'!gender-not-m-or-f';
  declare @role nvarchar(16) = N'adult', @birth_day nvarchar(max) = count_once.value_of(@birth), @kept_birth nvarchar(7);
  declare @is_child bit = 0, @digest binary(8), @codes nvarchar(600), @findings nvarchar(100);

  if @kept_gender collate Latin1_General_100_BIN2 in (N'M', N'F') set @sex = N'=' + @kept_gender;
  set @kept_birth = left(@birth_day, 4);
  if datalength(@birth_day) > 0
  begin
    -- Under 16 on the reference day.
    if convert(int, replace(@birth_day collate Latin1_General_100_BIN2, N'-', N'')) + 160000 > @reference_day
    begin
      set @is_child = 1;
      set @kept_birth = left(@birth_day, 7);
    end;
  end;
  if @is_child = 1 set @role = N'child';
  if @given_role collate Latin1_General_100_BIN2 in (N'child', N'parent', N'adult') set @role = @given_role;
  if unicode(@place) = 61
    set @digest = convert(binary(8), substring(hashbytes('SHA2_256', count_once.utf8(count_once.value_of(@place))), 1, 8));

  set @codes = N''
    + N'|' + case -- of {column}{+}
      when {child only} = 0 or @role = N'child' collate Latin1_General_100_BIN2{+}
        then count_once.blank_code({blank if}){+}
      else N'not-for-role' end
    + N'';
  set @findings = count_once.finding_of(@birth, N'birth-two-digit-year') + count_once.finding_of(@first, N'first-please-confirm')
    + count_once.finding_of(@last, N'last-please-confirm');

  insert into @person (role, birth, gender, postcode_digest,
    {column},
    codes, findings)
  values (@role, @kept_birth, @kept_gender, @digest,
    case -- {column}{+}
      when {child only} = 0 or @role = N'child' collate Latin1_General_100_BIN2{+}
        then count_once.pseudonym(@inner, @outer, N'{kind}', {components}) end,
    substring(@codes, 2, 600), substring(@findings, 2, 100));
  return;
end;
go
