-- Keeps marks of who was looked up. $1 look-up, $2 fields, $3 sealed pseudonyms, $4 epochs, each in one order, $5 how many
--   platform
--   keys made them. No result.
insert into look_up_mark (look_up_id, field, sealed, platform_keys, epoch)
select $1, mark.field, mark.sealed, $5, mark.epoch
from unnest($2::text[], $3::uuid[], $4::smallint[]) as mark (field, sealed, epoch)
on conflict do nothing
