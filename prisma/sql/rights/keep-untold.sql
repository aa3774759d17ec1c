-- Keeps clients of a submission who were taken out of it untold. $1 submission, $2 epochs, $3 sealed pseudonyms,
-- $4 what tells the person, $5 what the rows say, each in one order, $6 how many platform keys made the pseudonyms,
-- $7 those that tell the person, sealed, in that order. No result.
insert into untold_client (submission_id, epoch, sealed, platform_keys, says, whole, telling)
select $1, kept.epoch, kept.sealed, $6, kept.says, kept.whole, kept.telling::jsonb
from unnest($2::smallint[], $3::uuid[], $4::bigint[], $5::bigint[], $7::text[]) as kept (epoch, sealed, says, whole, telling)
on conflict do nothing
