-- How large the store of records is, and how many it holds. One row.
select
  (pg_total_relation_size('record_production') + pg_total_relation_size('evidence_production')
    + pg_total_relation_size('recent_evidence_production') + pg_total_relation_size('link_production')
    + pg_total_relation_size('beneficiary_production'))::text as bytes,
  (select count(*) from record_production)::text as records
