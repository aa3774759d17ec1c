-- Forgets the conflicts and near matches of the touched parts; deciding finds those that still stand. $1 dataset. No result.
delete from doubt d using touched_part t where d.dataset = $1 and d.part_id = t.part_id
