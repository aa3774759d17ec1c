-- Forgets the shared contacts of a dataset; they are found anew. $1 dataset. No result.
delete from shared_contact where dataset = $1
