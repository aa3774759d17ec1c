-- Keeps sealed marks with a request; those that are there stay. $1 request, $2 fields, $3 sealed pseudonyms, $4 epochs, $5 how
--   many
--   platform keys made each, in one order. No result.
insert into rights_mark (request_id, field, sealed, epoch, platform_keys)
select $1, mark.field, mark.sealed, mark.epoch, mark.platform_keys
from unnest($2::text[], $3::uuid[], $4::smallint[], $5::smallint[]) as mark (field, sealed, epoch, platform_keys)
on conflict do nothing
