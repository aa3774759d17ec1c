-- One person: what is kept, the seventeen pseudonyms, and the code of each that is blank. Source: "Kinds" and "Hashed file".

-- Cells are text as they stand, or null. `codes` has the seventeen reason codes in the order of the columns, `findings` those on values
-- that are kept, with | between them.
create function count_once.person (@inner varbinary(64), @outer varbinary(64), @provider nvarchar(64), @service nvarchar(64),
  @reference_day int, @live bit, @given_role nvarchar(16), @client_ref nvarchar(max), @first_name nvarchar(max),
  @last_name nvarchar(max), @date_of_birth nvarchar(max), @gender nvarchar(max), @nhs_number nvarchar(max), @email nvarchar(max),
  @mobile nvarchar(max), @carer_email nvarchar(max), @carer_mobile nvarchar(max), @postcode nvarchar(max))
returns @person table (
  role nvarchar(16) not null, birth nvarchar(7) not null, gender nvarchar(7) not null, postcode_digest binary(8) null,
  nhs_number_pseudonym varbinary(32) null, child_pseudonym varbinary(32) null, child_mobile_pseudonym varbinary(32) null,
  email_pseudonym varbinary(32) null, carer_email_pseudonym varbinary(32) null, mobile_pseudonym varbinary(32) null,
  carer_mobile_pseudonym varbinary(32) null, name_birth_pseudonym varbinary(32) null, birth_postcode_pseudonym varbinary(32) null,
  name_postcode_pseudonym varbinary(32) null, given_birth_postcode_pseudonym varbinary(32) null,
  client_pseudonym varbinary(32) null, name_birth_swapped_pseudonym varbinary(32) null,
  name_birth_reversed_pseudonym varbinary(32) null, name_birth_surname_first_pseudonym varbinary(32) null,
  name_birth_surname_last_pseudonym varbinary(32) null, sound_birth_pseudonym varbinary(32) null,
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
  declare @not_for_role nvarchar(32) = N'not-for-role';
  declare @child varbinary(32), @child_mobile varbinary(32), @carer_email_made varbinary(32), @carer_mobile_made varbinary(32);
  declare @child_code nvarchar(32), @child_mobile_code nvarchar(32), @carer_email_code nvarchar(32), @carer_mobile_code nvarchar(32);

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

  set @child_code = @not_for_role;
  set @child_mobile_code = @not_for_role;
  set @carer_email_code = @not_for_role;
  set @carer_mobile_code = @not_for_role;
  if @role = N'child' collate Latin1_General_100_BIN2
  begin
    set @child = count_once.pseudonym(@inner, @outer, N'child', @of_carer_email, @birth, @sex, @first3);
    set @child_mobile = count_once.pseudonym(@inner, @outer, N'child-mobile', @of_carer_mobile, @birth, @sex, @first3);
    set @carer_email_made = count_once.pseudonym(@inner, @outer, N'email', @of_carer_email, null, null, null);
    set @carer_mobile_made = count_once.pseudonym(@inner, @outer, N'mobile', @of_carer_mobile, null, null, null);
    set @child_code = count_once.blank_code(@of_carer_email, @birth, @sex, @first3);
    set @child_mobile_code = count_once.blank_code(@of_carer_mobile, @birth, @sex, @first3);
    set @carer_email_code = count_once.code_of(@of_carer_email);
    set @carer_mobile_code = count_once.code_of(@of_carer_mobile);
  end;

  set @codes = count_once.code_of(@nhs) + N'|' + @child_code + N'|' + @child_mobile_code + N'|' + count_once.code_of(@own_email)
    + N'|' + @carer_email_code + N'|' + count_once.code_of(@own_mobile) + N'|' + @carer_mobile_code
    + N'|' + count_once.blank_code(@canonical, @last, @birth, null) + N'|' + count_once.blank_code(@last, @birth, @place, null)
    + N'|' + count_once.blank_code(@canonical, @last, @place, null)
    + N'|' + count_once.blank_code(@canonical, @birth, @place, null) + N'|' + count_once.code_of(@reference)
    -- An alternate is blank where name-birth is, and for its reason.
    + N'|' + count_once.blank_code(@canonical, @last, @birth, @swapped)
    + N'|' + count_once.blank_code(@canonical, @last, @birth, @last_canonical)
    + N'|' + count_once.blank_code(@canonical, @last, @birth, @first_part)
    + N'|' + count_once.blank_code(@canonical, @last, @birth, @last_part)
    + N'|' + count_once.blank_code(@first_heard, @last_heard, @birth, null);
  set @findings = count_once.finding_of(@birth, N'birth-two-digit-year') + count_once.finding_of(@first, N'first-please-confirm')
    + count_once.finding_of(@last, N'last-please-confirm');

  insert into @person (role, birth, gender, postcode_digest, nhs_number_pseudonym, child_pseudonym, child_mobile_pseudonym,
    email_pseudonym, carer_email_pseudonym, mobile_pseudonym, carer_mobile_pseudonym, name_birth_pseudonym,
    birth_postcode_pseudonym, name_postcode_pseudonym, given_birth_postcode_pseudonym, client_pseudonym,
    name_birth_swapped_pseudonym, name_birth_reversed_pseudonym, name_birth_surname_first_pseudonym,
    name_birth_surname_last_pseudonym, sound_birth_pseudonym, codes, findings)
  values (@role, @kept_birth, @kept_gender, @digest,
    count_once.pseudonym(@inner, @outer, N'nhs-number', @nhs, null, null, null),
    @child, @child_mobile,
    count_once.pseudonym(@inner, @outer, N'email', @own_email, null, null, null),
    @carer_email_made,
    count_once.pseudonym(@inner, @outer, N'mobile', @own_mobile, null, null, null),
    @carer_mobile_made,
    count_once.pseudonym(@inner, @outer, N'name-birth', @canonical, @last, @birth, null),
    count_once.pseudonym(@inner, @outer, N'birth-postcode', @last, @birth, @place, null),
    count_once.pseudonym(@inner, @outer, N'name-postcode', @canonical, @last, @place, null),
    count_once.pseudonym(@inner, @outer, N'given-birth-postcode', @canonical, @birth, @place, null),
    count_once.pseudonym(@inner, @outer, N'client', N'=' + @provider, N'=' + @service, @reference, null),
    count_once.pseudonym(@inner, @outer, N'name-birth', @canonical, @last, @swapped, null),
    count_once.pseudonym(@inner, @outer, N'name-birth', @last_canonical, @first, @birth, null),
    count_once.pseudonym(@inner, @outer, N'name-birth', @canonical, @first_part, @birth, null),
    count_once.pseudonym(@inner, @outer, N'name-birth', @canonical, @last_part, @birth, null),
    count_once.pseudonym(@inner, @outer, N'sound-birth', @first_heard, @last_heard, @birth, null),
    @codes, substring(@findings, 2, 100));
  return;
end;
go
