-- Rows of a file that are not people (totals, titles, a second table) are left out and counted by themselves; null is none.
alter table submission add column rows_left_out integer;
alter table submission drop constraint rows_add_up;
-- Rows in the file: read = accepted + rejected + blank + left out.
alter table submission add constraint rows_add_up check (
  rows_read is null or rows_read = rows_accepted + rows_rejected + rows_blank + coalesce(rows_left_out, 0)
);
