-- The rows of a hashed file from rows of the standard. Source: "Hashed file".

-- Postcodes of the programme's area, filled by whoever holds the area table; a programme without one leaves it empty.
create table count_once.area (
  -- The first 64 bits of SHA-256 of the postcode in upper case without its space.
  postcode_digest binary(8) not null primary key,
  ward varchar(64) not null,
  imd_decile int null,
  in_area varchar(7) not null
);
go

-- Whether folding leaves something in a cell; a name (N'n') drops what the table does not list.
create function count_once.leaves_something (@cell nvarchar(max), @way nvarchar(1))
returns bit
as
begin
  declare @folded nvarchar(max);
  if @cell is null return 0;
  set @folded = count_once.fold(@cell, @way);
  if datalength(@folded) = 0 return 0;
  return 1;
end;
go

-- Whether folding leaves nothing in any of a row's cells; dates and numbers are typed, and something when they are not null. A
-- role is no cell here: it is mostly a constant of the view.
create function count_once.is_blank_row (
  @first_name nvarchar(max), @last_name nvarchar(max), @carer_first_name nvarchar(max), @carer_last_name nvarchar(max),
  @client_ref nvarchar(max), @date_of_birth nvarchar(max), @gender nvarchar(max), @nhs_number nvarchar(max), @email
  nvarchar(max), @mobile nvarchar(max), @carer_email nvarchar(max), @carer_mobile nvarchar(max), @postcode nvarchar(max),
  @ethnicity nvarchar(max), @main_language nvarchar(max), @send_or_disability nvarchar(max), @referral_source nvarchar(max),
  @status nvarchar(max), @carer_date_of_birth nvarchar(max), @carer_gender nvarchar(max), @carer_nhs_number nvarchar(max),
  @referral_date date, @start_date date, @end_date date, @contacts int, @last_contact_date date)
returns bit
as
begin
  if count_once.leaves_something(@first_name, N'n') = 1 return 0;
  if count_once.leaves_something(@last_name, N'n') = 1 return 0;
  if count_once.leaves_something(@carer_first_name, N'n') = 1 return 0;
  if count_once.leaves_something(@carer_last_name, N'n') = 1 return 0;
  if count_once.leaves_something(@client_ref, N'v') = 1 return 0;
  if count_once.leaves_something(@date_of_birth, N'v') = 1 return 0;
  if count_once.leaves_something(@gender, N'v') = 1 return 0;
  if count_once.leaves_something(@nhs_number, N'v') = 1 return 0;
  if count_once.leaves_something(@email, N'v') = 1 return 0;
  if count_once.leaves_something(@mobile, N'v') = 1 return 0;
  if count_once.leaves_something(@carer_email, N'v') = 1 return 0;
  if count_once.leaves_something(@carer_mobile, N'v') = 1 return 0;
  if count_once.leaves_something(@postcode, N'v') = 1 return 0;
  if count_once.leaves_something(@ethnicity, N'v') = 1 return 0;
  if count_once.leaves_something(@main_language, N'v') = 1 return 0;
  if count_once.leaves_something(@send_or_disability, N'v') = 1 return 0;
  if count_once.leaves_something(@referral_source, N'v') = 1 return 0;
  if count_once.leaves_something(@status, N'v') = 1 return 0;
  if count_once.leaves_something(@carer_date_of_birth, N'v') = 1 return 0;
  if count_once.leaves_something(@carer_gender, N'v') = 1 return 0;
  if count_once.leaves_something(@carer_nhs_number, N'v') = 1 return 0;
  if @referral_date is not null or @start_date is not null or @end_date is not null or @contacts is not null
    or @last_contact_date is not null return 0;
  return 1;
end;
go

-- Whether folding leaves something in a row's carer cells.
create function count_once.has_carer (@carer_first_name nvarchar(max), @carer_last_name nvarchar(max),
  @carer_date_of_birth nvarchar(max), @carer_gender nvarchar(max), @carer_nhs_number nvarchar(max), @carer_email nvarchar(max),
  @carer_mobile nvarchar(max))
returns bit
as
begin
  if count_once.leaves_something(@carer_first_name, N'n') = 1 return 1;
  if count_once.leaves_something(@carer_last_name, N'n') = 1 return 1;
  if count_once.leaves_something(@carer_date_of_birth, N'v') = 1 return 1;
  if count_once.leaves_something(@carer_gender, N'v') = 1 return 1;
  if count_once.leaves_something(@carer_nhs_number, N'v') = 1 return 1;
  if count_once.leaves_something(@carer_email, N'v') = 1 return 1;
  if count_once.leaves_something(@carer_mobile, N'v') = 1 return 1;
  return 0;
end;
go

-- The records of all rows of count_once.staging, a view that the database's owner makes (see the end of this script), in their
-- order. It raises before it makes anything when the key is weak, a code is none, a birth column is month first or a vector
-- fails. Before the columns of the hashed file stands what became of the row, behind them why each pseudonym is blank: both are
-- for countonce-hash --seal, which takes them off.
create procedure count_once.hashed_file (
  @key varbinary(max), @provider nvarchar(max), @service nvarchar(max), @quarter nvarchar(max),
  @live bit, @shape nvarchar(20) = N'person')
as
begin
  set nocount on;
  declare @reference_day int = count_once.reference_day(@quarter), @refused varchar(16) = count_once.refuse_key(@key);
  declare @inner varbinary(64), @outer varbinary(64), @key_check varchar(16), @message nvarchar(200);
  declare @rows int, @numbers int, @least int, @both int, @day_first int, @month_first int, @is_with_carer bit = 0;

  if @refused is not null
  begin
    set @message = N'the key is refused: ' + @refused;
    execute count_once.refuse @message;
  end;
  if @reference_day is null execute count_once.refuse N'not a quarter: write 2024-Q1 for April to June 2024';
  if @provider is null or @service is null or datalength(@provider) not between 2 and 128
    or datalength(@service) not between 2 and 128
    or count_once.holds_only(@provider, N'abcdefghijklmnopqrstuvwxyz0123456789-') = 0
    or count_once.holds_only(@service, N'abcdefghijklmnopqrstuvwxyz0123456789-') = 0
    execute count_once.refuse N'not a code of a provider and a service';
  if @live is null or @shape is null or @shape collate Latin1_General_100_BIN2 not in (N'person', N'child-and-carer')
    execute count_once.refuse N'live is 1 or 0, the shape person or child-and-carer';
  if @shape = N'child-and-carer' collate Latin1_General_100_BIN2 set @is_with_carer = 1;

  select @rows = count(*), @numbers = count(distinct s.source_row), @least = min(s.source_row) from count_once.staging as s;
  if @rows <> @numbers or @least < 1 execute count_once.refuse N'source_row numbers every row from 1, each once';

  select @both = sum(case when o.written > 0 then 1 else 0 end), @day_first = sum(case when o.written = 2 then 1 else 0 end),
    @month_first = sum(case when o.written = 3 then 1 else 0 end)
  from (select count_once.date_order(s.date_of_birth) as written from count_once.staging as s) as o;
  if count_once.is_month_first(@both, @day_first, @month_first) = 1
    execute count_once.refuse N'birth-month-first: date_of_birth is written month first; give it as dates, not as text';
  if @is_with_carer = 1
  begin
    select @both = sum(case when o.written > 0 then 1 else 0 end), @day_first = sum(case when o.written = 2 then 1 else 0 end),
      @month_first = sum(case when o.written = 3 then 1 else 0 end)
    from (select count_once.date_order(s.carer_date_of_birth) as written from count_once.staging as s) as o;
    if count_once.is_month_first(@both, @day_first, @month_first) = 1
      execute count_once.refuse N'birth-month-first: carer_date_of_birth is written month first; give it as dates, not as text';
  end;

  execute count_once.self_test;

  set @inner = count_once.key_pad(@key, 54);
  set @outer = count_once.key_pad(@key, 92);
  set @key_check = count_once.key_check_value(@key);
  print N'key check value ' + @key_check;

  select case when w.is_blank = 1 then 'blank' else 'rejected' end as row_status, s.source_row,
    '' as role, '' as birth, '' as gender,
    '' as ward, '' as imd_decile, '' as in_area, '' as ethnicity, '' as main_language, '' as send_or_disability,
    '' as referral_date, '' as start_date, '' as end_date, '' as referral_source, '' as status, '' as contacts,
    '' as last_contact_date,
    '' as {column},
    '' as pseudonym_version, '' as source_key_check, '' as codes,
    '' as findings
  from count_once.staging as s
  cross apply (select count_once.is_blank_row(
    s.first_name, s.last_name, s.carer_first_name, s.carer_last_name, s.client_ref, s.date_of_birth, s.gender, s.nhs_number,
    s.email, s.mobile, s.carer_email, s.carer_mobile, s.postcode, s.ethnicity, s.main_language, s.send_or_disability,
    s.referral_source, s.status, s.carer_date_of_birth, s.carer_gender, s.carer_nhs_number,
    s.referral_date, s.start_date, s.end_date, s.contacts, s.last_contact_date) as is_blank) as w
  where w.is_blank = 1 or s.left_out = 1
  union all
  select 'accepted' as row_status, s.source_row, p.role, p.birth, p.gender, isnull(a.ward, '') as ward,
    isnull(convert(varchar(2), a.imd_decile), '') as imd_decile, isnull(a.in_area, 'unknown') as in_area,
    -- A row's ethnicity and disability are the child's.
    case when c.is_carer = 1 then '' else isnull(s.ethnicity, '') end as ethnicity,
    isnull(s.main_language, '') as main_language,
    case when c.is_carer = 1 or isnull(datalength(s.send_or_disability), 0) = 0 then 'unknown' else s.send_or_disability end
      as send_or_disability,
    isnull(convert(varchar(10), s.referral_date, 23), '') as referral_date,
    isnull(convert(varchar(10), s.start_date, 23), '') as start_date,
    isnull(convert(varchar(10), s.end_date, 23), '') as end_date,
    isnull(s.referral_source, '') as referral_source, isnull(s.status, '') as status,
    isnull(convert(varchar(10), s.contacts), '') as contacts,
    isnull(convert(varchar(10), s.last_contact_date, 23), '') as last_contact_date,
    isnull(lower(convert(varchar(64), p.{column}, 2)), '') as {column},
    '2' as pseudonym_version, @key_check as source_key_check, p.codes, p.findings
  from count_once.staging as s
  cross join (values (0), (1)) as c (is_carer)
  cross apply (select count_once.is_blank_row(
    s.first_name, s.last_name, s.carer_first_name, s.carer_last_name, s.client_ref, s.date_of_birth, s.gender, s.nhs_number,
    s.email, s.mobile, s.carer_email, s.carer_mobile, s.postcode, s.ethnicity, s.main_language, s.send_or_disability,
    s.referral_source, s.status, s.carer_date_of_birth, s.carer_gender, s.carer_nhs_number,
    s.referral_date, s.start_date, s.end_date, s.contacts, s.last_contact_date) as is_blank,
    case when c.is_carer = 0 then 1 when @is_with_carer = 0 then 0
      else count_once.has_carer(s.carer_first_name, s.carer_last_name,
      s.carer_date_of_birth, s.carer_gender, s.carer_nhs_number, s.carer_email, s.carer_mobile) end as is_person) as w
  -- Columns of different collations may stand beside each other once they are nvarchar of one.
  cross apply (select
    convert(nvarchar(max), s.client_ref) collate Latin1_General_100_BIN2 as client_ref,
    convert(nvarchar(max), s.first_name) collate Latin1_General_100_BIN2 as first_name,
    convert(nvarchar(max), s.last_name) collate Latin1_General_100_BIN2 as last_name,
    convert(nvarchar(max), s.date_of_birth) collate Latin1_General_100_BIN2 as date_of_birth,
    convert(nvarchar(max), s.gender) collate Latin1_General_100_BIN2 as gender,
    convert(nvarchar(max), s.nhs_number) collate Latin1_General_100_BIN2 as nhs_number,
    convert(nvarchar(max), s.email) collate Latin1_General_100_BIN2 as email,
    convert(nvarchar(max), s.mobile) collate Latin1_General_100_BIN2 as mobile,
    convert(nvarchar(max), s.carer_first_name) collate Latin1_General_100_BIN2 as carer_first_name,
    convert(nvarchar(max), s.carer_last_name) collate Latin1_General_100_BIN2 as carer_last_name,
    convert(nvarchar(max), s.carer_date_of_birth) collate Latin1_General_100_BIN2 as carer_date_of_birth,
    convert(nvarchar(max), s.carer_gender) collate Latin1_General_100_BIN2 as carer_gender,
    convert(nvarchar(max), s.carer_nhs_number) collate Latin1_General_100_BIN2 as carer_nhs_number,
    convert(nvarchar(max), s.carer_email) collate Latin1_General_100_BIN2 as carer_email,
    convert(nvarchar(max), s.carer_mobile) collate Latin1_General_100_BIN2 as carer_mobile) as t
  cross apply count_once.person(@inner, @outer, @provider, @service, @reference_day, @live,
    case when c.is_carer = 1 then N'parent' when @is_with_carer = 1 then N'child' else isnull(s.role, N'') end,
    case when c.is_carer = 1 then count_once.carer_reference(t.client_ref) else t.client_ref end,
    case when c.is_carer = 1 then t.carer_first_name else t.first_name end,
    case when c.is_carer = 1 then t.carer_last_name else t.last_name end,
    case when c.is_carer = 1 then t.carer_date_of_birth else t.date_of_birth end,
    case when c.is_carer = 1 then t.carer_gender else t.gender end,
    case when c.is_carer = 1 then t.carer_nhs_number else t.nhs_number end,
    case when c.is_carer = 1 then t.carer_email else t.email end,
    case when c.is_carer = 1 then t.carer_mobile else t.mobile end,
    case when c.is_carer = 1 then null else t.carer_email end,
    case when c.is_carer = 1 then null else t.carer_mobile end,
    s.postcode) as p
  left join count_once.area as a on a.postcode_digest = p.postcode_digest
  where w.is_blank = 0 and isnull(s.left_out, 0) = 0 and w.is_person = 1
  -- A child before its carer.
  order by source_row, role;
end;
go
