-- The published vectors, and the procedure that runs them. Source: "Vectors and speed".

-- vectors-v2.json, with the codes that a tool without NFC gives where a cell holds a code point outside its ranges: the ids of
-- those vectors are listed below. Of a vector either `column_name` or `field` is null.
create table count_once.vector (
  id varchar(8) not null primary key,
  column_name varchar(40) null, kind nvarchar(64) null, field varchar(8) null,
  quarter nvarchar(8) not null, given_role nvarchar(16) not null, live bit not null,
  client_ref nvarchar(max) null, first_name nvarchar(max) null, last_name nvarchar(max) null, date_of_birth nvarchar(max) null,
  gender nvarchar(max) null, nhs_number nvarchar(max) null, email nvarchar(max) null, mobile nvarchar(max) null,
  carer_email nvarchar(max) null, carer_mobile nvarchar(max) null, postcode nvarchar(max) null,
  component_1 nvarchar(max) null, component_2 nvarchar(max) null, component_3 nvarchar(max) null, component_4 nvarchar(max) null,
  value nvarchar(16) null, code nvarchar(32) null, findings nvarchar(100) null,
  message varbinary(max) null, source varbinary(32) null, p1 varbinary(16) null, p2 varbinary(16) null
);
go

-- The columns of birth dates of the vectors, a row a cell.
create table count_once.vector_date (column_number int not null, cell nvarchar(max) not null, is_month_first int not null);
go

-- The keys of the vectors that are refused.
create table count_once.vector_key (place int not null primary key, refused varbinary(max) not null);
go

-- A platform pseudonym's link: the first 16 bytes under a platform key. Here for the vectors alone; no trust holds such a key.
create function count_once.link (@key varbinary(max), @kind nvarchar(64), @previous varbinary(32))
returns varbinary(16)
as
begin
  declare @made varbinary(32) = count_once.hmac_sha256(count_once.key_pad(@key, 54), count_once.key_pad(@key, 92),
    count_once.netstring(count_once.utf8(@kind)) + @previous);
  return substring(@made, 1, 16);
end;
go

-- The id of each vector that does not come out as it should, and of what stands beside them.
create function count_once.self_test_failures ()
returns @failures table (id varchar(32) not null)
as
begin
  declare @key varbinary(32) = {source_key}, @k1 varbinary(32) = {k1}, @k2 varbinary(32) = {k2};
  declare @inner varbinary(64) = count_once.key_pad(@key, 54), @outer varbinary(64) = count_once.key_pad(@key, 92);

  -- What is kept beside the pseudonyms.
  insert into @failures (id)
  select v.id from count_once.vector as v
  cross apply count_once.person(@inner, @outer, N'{provider}', N'{service}', count_once.reference_day(v.quarter), v.live,
    v.given_role, v.client_ref, v.first_name, v.last_name, v.date_of_birth, v.gender, v.nhs_number, v.email, v.mobile,
    v.carer_email, v.carer_mobile, v.postcode) as p
  where v.field is not null and 0 = case
    when v.value = case v.field collate Latin1_General_100_BIN2
      when 'birth' then p.birth when 'gender' then p.gender else p.role end collate Latin1_General_100_BIN2 then 1
    else 0 end;

  -- The pseudonyms: the message of the components, the source pseudonym of the cells, and the links of a portal.
  insert into @failures (id)
  select m.id from (
    select v.id, v.kind, v.code, v.message, v.source, v.p1, v.p2, v.findings, p.findings as findings_made,
      count_once.message(v.kind, v.component_1, v.component_2, v.component_3, v.component_4) as message_made,
      N'|' + p.codes + N'|' as codes,
      case v.column_name collate Latin1_General_100_BIN2
        when '{column}' then p.{column}
      end as made
    from count_once.vector as v
    cross apply count_once.person(@inner, @outer, N'{provider}', N'{service}', count_once.reference_day(v.quarter), v.live,
      v.given_role, v.client_ref, v.first_name, v.last_name, v.date_of_birth, v.gender, v.nhs_number, v.email, v.mobile,
      v.carer_email, v.carer_mobile, v.postcode) as p
    where v.column_name is not null
  ) as m
  where 0 = case
    when m.findings <> m.findings_made collate Latin1_General_100_BIN2 then 0
    when m.code is not null then case
      when m.made is null and charindex(N'|' + m.code + N'|' collate Latin1_General_100_BIN2, m.codes) > 0 then 1
      else 0 end
    when m.message = m.message_made and count_once.hmac_sha256(@inner, @outer, m.message) = m.source and m.made = m.source
      and count_once.link(@k1, m.kind, m.made) = m.p1 and count_once.link(@k2, m.kind, m.p1) = m.p2 then 1
    else 0 end;

  if count_once.key_check_value(@key) <> '{source_key_check}' collate Latin1_General_100_BIN2
    insert into @failures (id) values ('key_check source_key');
  if count_once.key_check_value(@k1) <> '{k1_check}' collate Latin1_General_100_BIN2
    insert into @failures (id) values ('key_check k1');
  if count_once.key_check_value(@k2) <> '{k2_check}' collate Latin1_General_100_BIN2
    insert into @failures (id) values ('key_check k2');
  if count_once.hmac_sha256(@inner, @outer, count_once.message(N'manifest', {manifest}, null, null, null)) <> {manifest_hmac}
    insert into @failures (id) values ('manifest_hmac');

  insert into @failures (id)
  select 'keys_refused ' + convert(varchar(8), k.place) from count_once.vector_key as k
  where count_once.refuse_key(k.refused) is null;

  insert into @failures (id)
  select 'date_columns ' + convert(varchar(8), c.column_number) from (
    select o.column_number, max(o.is_month_first) as expected,
      sum(case when o.written > 0 then 1 else 0 end) as both_numbers,
      sum(case when o.written = 2 then 1 else 0 end) as day_first,
      sum(case when o.written = 3 then 1 else 0 end) as month_first
    from (
      select d.column_number, d.is_month_first, count_once.date_order(d.cell) as written from count_once.vector_date as d
    ) as o
    group by o.column_number
  ) as c
  where count_once.is_month_first(c.both_numbers, c.day_first, c.month_first) <> c.expected;
  return;
end;
go

-- Raises, so that what called it stops.
create procedure count_once.refuse (@message nvarchar(200))
as
begin
  set nocount on;
  throw 51000, @message, 1;
end;
go

-- Runs every vector, and raises when one of them comes out differently or one is missing.
create procedure count_once.self_test
as
begin
  set nocount on;
  declare @vectors int, @dates int, @keys int, @failed int, @first varchar(32), @message nvarchar(200);
  select @vectors = count(*) from count_once.vector as v;
  select @dates = count(*) from count_once.vector_date as d;
  select @keys = count(*) from count_once.vector_key as k;
  if @vectors <> {vectors} or @dates <> {dates} or @keys <> {keys}
    execute count_once.refuse N'self-test failed: vectors are missing';
  select @failed = count(*), @first = min(f.id) from count_once.self_test_failures() as f;
  if @failed > 0
  begin
    set @message = N'self-test failed: ' + convert(nvarchar(8), @failed) + N' of the vectors, the first ' + @first;
    execute count_once.refuse @message;
  end;
  print N'self-test: {vectors} vectors passed, 0 failed';
end;
go
