-- Says that the links of a dataset have changed. $1 dataset. No result.
update linkage_state set version = version + 1, changed_at = now() where dataset = $1
