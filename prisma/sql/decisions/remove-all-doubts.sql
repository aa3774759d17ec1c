-- Forgets every conflict and near match of a dataset; deciding finds those that still stand. $1 dataset. No result.
delete from doubt where dataset = $1
