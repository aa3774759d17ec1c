-- The records of a submission as they lie in the store.
select * from record_production where submission_id = {submission}
