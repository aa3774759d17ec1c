-- The relations that one change of links works on; they go with its transaction. No parameters, no result.
create temporary table changed_contact (value uuid primary key) on commit drop;
create temporary table crossed_contact (value uuid primary key, shared boolean not null) on commit drop;
create temporary table decided_client (value uuid primary key) on commit drop;
create temporary table touched_part (part_id bigint primary key) on commit drop;
create temporary table scope (record_id bigint not null) on commit drop;
create temporary table scope_part (ordinal integer primary key, part_id bigint not null,
  record_id bigint not null) on commit drop;
create temporary table carried_beneficiary (client uuid primary key, beneficiary_id bigint not null) on commit drop;
create temporary table left_beneficiary (beneficiary_id bigint not null, client uuid) on commit drop;
create temporary table new_beneficiary (id bigint not null, reference text not null) on commit drop;
create temporary table merged_beneficiary (id bigint not null, into_id bigint not null) on commit drop;
create temporary table changed_link (
  record_id bigint not null, part_id bigint not null, beneficiary_id bigint not null,
  upper_id bigint not null, lower_id bigint not null, family_id bigint, nhs_id bigint
) on commit drop
