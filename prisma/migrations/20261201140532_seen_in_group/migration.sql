-- When the organisation last said that somebody whose account a group made is in it: their sessions go no further than an hour from
-- there, since nothing tells of who leaves.
alter table portal_user add column seen_in_group_at timestamptz;
-- Whoever has an account of a group was seen in it when it was made.
update portal_user set seen_in_group_at = created_at where by_group;
alter table portal_user add constraint portal_user_by_group_was_seen_in_it check (not by_group or seen_in_group_at is not null);
