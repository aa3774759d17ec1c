-- Keeps clients of a submission who were taken out of it untold. $1 submission, $2 epochs, $3 sealed pseudonyms,
-- $4 what tells the person, $5 what the rows say, each in one order, $6 how many platform keys made the pseudonyms. No result.
insert into untold_client (submission_id, epoch, sealed, platform_keys, says, whole)
select $1, kept.epoch, kept.sealed, $6, kept.says, kept.whole
from unnest($2::smallint[], $3::uuid[], $4::bigint[], $5::bigint[]) as kept (epoch, sealed, says, whole)
on conflict do nothing
