-- Everything stands in one schema of its own; the statements that take it away again are at the end of this script.
create schema count_once;
go

-- fold-v1.csv, a row for each code point that it lists within U+0000-036F, U+1E00-1EFF, U+2000-206F, U+FEFF and U+FF01-FF5E:
-- inside them NFC, which T-SQL lacks, makes no difference, and a value with a code point outside them is blank. `is_letter` when
-- what it becomes holds A-Z or anything above U+007F.
create table count_once.fold_point (
  point int not null primary key,
  becomes nvarchar(4) collate Latin1_General_100_BIN2 not null,
  is_letter bit not null
);
go

-- names-v1.csv: a first name and the spelling that it is known by.
create table count_once.canonical_name (
  name nvarchar(64) collate Latin1_General_100_BIN2 not null primary key,
  canonical nvarchar(64) collate Latin1_General_100_BIN2 not null
);
go
